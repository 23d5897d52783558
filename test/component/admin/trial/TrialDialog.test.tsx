import { screen, waitFor } from '@testing-library/preact';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import ru from '../../../../locales/ru.json' with { type: 'json' };
import { ADMIN, HEAD_OF_SALES, SELLER_A, SELLER_B } from '../../../world/people.ts';
import { SALES_CHANNEL, WHOLESALE_CHANNEL } from '../../../world/world.ts';
import { giveRoles, held, settingsStage, type SettingsStage } from '../settings-stage.tsx';
import { allowTab, browserTab, dialog, NUMBER, openTrial, phone, press, SEND, send } from './trial-steps.ts';

let stage: SettingsStage;
let tab: ReturnType<typeof browserTab>;
beforeEach(() => {
  stage = settingsStage();
  giveRoles(stage, held(ADMIN, 'manager'), held(SELLER_A, 'seller'), held(HEAD_OF_SALES, 'auditor'));
  tab = browserTab();
  allowTab(tab);
});
afterEach(async () => {
  vi.unstubAllGlobals();
  await stage.end();
});

const sends = () => stage.requests.filter(asked => asked.endsWith('/v3/message')).length;
const threads = () => stage.world.chat.threads;

describe('"Test chats" in the panel', () => {
  it('is shown when a channel works', async () => {
    await stage.open();
    expect(screen.getByRole('button', { name: 'Протестировать чаты' })).toBeTruthy();
  });

  it('is hidden when no channel works', async () => {
    for (const channel of stage.world.chat.channels) channel.state = 'qridle';
    await stage.open();
    expect(screen.queryByRole('button', { name: 'Протестировать чаты' })).toBeNull();
  });

  it('is hidden from an employee who is not an admin', async () => {
    stage.person = SELLER_A;
    await stage.open();
    expect(screen.queryByRole('button', { name: 'Протестировать чаты' })).toBeNull();
  });
});

describe('the dialog', () => {
  it('starts with the admin’s number from the CRM, and says how it differs from the service’s own test', async () => {
    const admin = stage.world.crm.users.get(ADMIN);
    if (admin) admin.phone = '8 916 123-45-67';
    await openTrial(stage);
    expect(phone().value).toBe('8 916 123-45-67');
    expect(dialog().getByText(/Сам Wazzup умеет присылать тестовое сообщение в канал/)).toBeTruthy();
    await press(SEND);
    await dialog().findByText(`Сообщение отправлено на +${NUMBER}`, { exact: false });
  });

  it('starts with the first channel, and another one can be chosen', async () => {
    giveRoles(stage, held(ADMIN, 'manager'), held(ADMIN, 'manager', WHOLESALE_CHANNEL));
    await openTrial(stage);
    const choice = dialog().getByRole('combobox', { name: 'Канал' });
    expect(choice).toHaveProperty('value', SALES_CHANNEL);
    await userEvent.selectOptions(choice, 'Опт (Telegram)');
    await dialog().findByText(/с канала «Опт»/);
    await send();
    await dialog().findByText(/Сообщение отправлено/);
    expect(threads()).toMatchObject([{ channelId: WHOLESALE_CHANNEL, chatType: 'telegram' }]);
  });

  it('offers no choice when there is one channel', async () => {
    stage.world.chat.channels.length = 1;
    await openTrial(stage);
    expect(dialog().queryByRole('combobox')).toBeNull();
  });

  it.each(['', '123', '0 916 123-45-67'])(
    'sends nothing to "%s" and says what a valid number is',
    async written => {
      await openTrial(stage);
      if (written) await userEvent.type(phone(), written);
      await press(SEND);
      expect((await dialog().findByRole('alert')).textContent).toMatch(/Нужен номер с кодом страны/);
      expect(phone().getAttribute('aria-invalid')).toBe('true');
      expect(window.open).not.toHaveBeenCalled();
      expect(sends()).toBe(0);
    },
  );

  it('is closed by "Later"', async () => {
    await openTrial(stage);
    await press('Позже');
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(sends()).toBe(0);
  });
});

describe('a message that was sent', () => {
  it('opens the chats in a tab that cannot access the CRM’s page', async () => {
    await openTrial(stage);
    await send();
    await dialog().findByText('Чаты открыты в новой вкладке.');
    expect(tab.location.replace.mock.calls).toEqual([
      [expect.stringContaining(`${stage.world.options.chatOrigin}/window`)],
    ]);
    expect(tab.opener).toBeNull();
    expect(tab.close).not.toHaveBeenCalled();
    expect(threads()).toMatchObject([{ chatId: NUMBER, messages: [{ authorId: String(ADMIN) }] }]);
    expect(sends()).toBe(1);
  });

  it('opens no other site than the service’s own window', async () => {
    Object.assign(stage.world.options, { chatOrigin: 'https://evil.example' });
    await openTrial(stage);
    await send();
    await dialog().findByText(ru.failure.chat.unreadable, { exact: false });
    expect(tab.location.replace).not.toHaveBeenCalled();
    expect(tab.close).toHaveBeenCalledOnce();
    expect(document.body.innerHTML).not.toContain('evil.example');
  });

  it('is followed by a list of who sees the chat, and why', async () => {
    const closed = { ...held(SELLER_B, 'seller'), allowGetNewClients: false };
    stage.world.chat.settings = {
      ...stage.world.chat.settings,
      userRoles: [...stage.world.chat.settings.userRoles, closed],
    };
    await openTrial(stage);
    await send();
    await dialog().findByText(/Сообщение отправлено/);
    expect(
      dialog()
        .getAllByRole('listitem')
        .map(item => item.textContent),
    ).toEqual([
      expect.stringMatching(/^Ольга Крылова: видны все чаты канала, отвечать можно/),
      expect.stringMatching(/^Вера Волкова: видны все чаты канала, писать нельзя/),
      expect.stringMatching(/^Артём Алексеев: чат виден/),
      expect.stringMatching(/^Борис Белов: чат не виден/),
    ]);
  });

  it('is followed by a link when the browser opens no tab', async () => {
    allowTab(null);
    await openTrial(stage);
    await send();
    const link = await dialog().findByRole('link', { name: 'Перейти в чаты' });
    expect(link.getAttribute('href')).toMatch(/\/window/);
    expect(link.getAttribute('rel')).toBe('noopener noreferrer');
  });

  it('counts as sent when the chats do not open, and they can be opened again', async () => {
    await openTrial(stage);
    stage.world.disturbances.add(/^POST \/v3\/iframe/, 'server-error');
    await send();
    expect((await dialog().findByRole('alert')).textContent).toMatch(/Чаты не открылись/);
    expect(dialog().getByText(/Сообщение отправлено/)).toBeTruthy();
    expect(tab.close).toHaveBeenCalledOnce();
    await press('Перейти в чаты');
    await dialog().findByText('Чаты открыты в новой вкладке.');
    expect(sends()).toBe(1);
  });
});

describe('a message that was not sent', () => {
  it('says why in plain words, closes the tab, and can be sent again', async () => {
    const [sales] = stage.world.chat.channels;
    await openTrial(stage);
    if (sales) sales.state = 'notEnoughMoney';
    await send();
    expect((await dialog().findByRole('alert')).textContent).toMatch(
      /Сообщение не отправлено. Канал не оплачен/,
    );
    expect(tab.close).toHaveBeenCalledOnce();
    if (sales) sales.state = 'active';
    await press(SEND);
    await dialog().findByText(/Сообщение отправлено/);
  });

  it.each(['server-error', 'cut'] as const)(
    'counts as unknown after %s, and is not sent twice',
    async accident => {
      await openTrial(stage);
      stage.world.disturbances.add(/^POST \/v3\/message/, accident);
      await send();
      expect((await dialog().findByRole('alert')).textContent).toMatch(
        /неизвестно, ушло ли сообщение.*Посмотрите в телефон/,
      );
      expect(dialog().queryByText(/не отправлено\./)).toBeNull();
      expect(sends()).toBe(1);
      await press('Перейти в чаты');
      await dialog().findByText('Чаты открыты в новой вкладке.');
      expect(sends()).toBe(1);
    },
  );
});
