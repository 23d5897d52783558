import { waitFor, within } from '@testing-library/preact';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ADMIN } from '../../../world/people.ts';
import { giveRoles, held, settingsStage, type SettingsStage } from '../settings-stage.tsx';
import { allowTab, browserTab, dialog, openTrial, press, SEND, send } from './trial-steps.ts';

let stage: SettingsStage;
beforeEach(() => {
  stage = settingsStage();
  giveRoles(stage, held(ADMIN, 'manager'));
  const [sales] = stage.world.chat.channels;
  if (sales) stage.world.chat.channels[0] = { ...sales, transport: 'wapi' };
  allowTab(browserTab());
});
afterEach(async () => {
  vi.unstubAllGlobals();
  await stage.end();
});

describe('WhatsApp Business API', () => {
  const template = { templateGuid: 't-1', name: 'Приветствие', status: 'approved', text: 'Добрый день!' };

  it('offers only approved templates without variables, and sends the chosen one', async () => {
    stage.world.chat.templates.push(
      { ...template, templateGuid: 't-0', name: 'На проверке', status: 'pending' },
      { ...template, templateGuid: 't-2', name: 'С именем', text: 'Добрый день, {{1}}!' },
      template,
      { ...template, templateGuid: 't-3', name: 'Прощание', text: 'До свидания!' },
    );
    await openTrial(stage);
    const choice = await dialog().findByRole('combobox', { name: /Шаблон/ });
    expect(
      within(choice)
        .getAllByRole('option')
        .map(option => option.textContent),
    ).toEqual(['Приветствие', 'Прощание']);
    await userEvent.selectOptions(choice, 'Прощание');
    await send();
    await dialog().findByText(/Сообщение отправлено/);
    expect(stage.world.chat.threads[0]?.messages).toMatchObject([{ text: 'До свидания!' }]);
  });

  it('says what to do without a template, and allows free text to a person who has written in the last 24 hours', async () => {
    await openTrial(stage);
    await dialog().findByText(/готовых шаблонов без переменных нет/);
    expect(dialog().getByRole('button', { name: SEND }).hasAttribute('disabled')).toBe(true);
    await userEvent.click(dialog().getByRole('checkbox', { name: /За последние 24\sчаса/ }));
    await waitFor(() =>
      expect(dialog().getByRole('button', { name: SEND }).hasAttribute('disabled')).toBe(false),
    );
    await send();
    await dialog().findByText(/Сообщение отправлено/);
    expect(stage.world.chat.threads[0]?.messages[0]?.text).toMatch(/тестовое сообщение/);
  });

  it('counts templates that it cannot read, and offers the others', async () => {
    stage.world.chat.templates.push({ ...template, templateGuid: '' }, template);
    await openTrial(stage);
    expect(await dialog().findByText(/^Не удалось распознать.*: 1 шаблон\./)).toBeTruthy();
    expect(dialog().getByText('Добрый день!')).toBeTruthy();
  });

  it('loads templates again on a press', async () => {
    stage.world.chat.templates.push(template);
    stage.world.disturbances.add(/^GET \/v3\/templates/, 'forbidden-json');
    await openTrial(stage);
    await dialog().findByRole('alert');
    await press('Попробовать ещё раз');
    expect(await dialog().findByText('Добрый день!')).toBeTruthy();
  });
});
