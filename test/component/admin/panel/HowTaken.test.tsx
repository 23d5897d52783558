import { screen, waitFor, within } from '@testing-library/preact';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import ru from '../../../../locales/ru.json' with { type: 'json' };
import { HEAD_OF_SALES, NOBODY, SELLER_A } from '../../../world/people.ts';
import { settingsStage, type SettingsStage } from '../settings-stage.tsx';
import { press } from './panel-steps.ts';

let stage: SettingsStage;
beforeEach(() => {
  stage = settingsStage();
});
afterEach(() => stage.end());

const chatUrl = 'https://gateway.example.com';
const field = () =>
  screen.getByRole<HTMLSelectElement>('combobox', { name: /Кому CRM отдаёт новых клиентов/ });
const offers = () => [...field().options].map(option => option.text);
const chips = () =>
  within(screen.getByRole('list', { name: 'Ничьи клиенты' }))
    .queryAllByRole('listitem')
    .map(item => item.firstChild?.textContent);

describe('the stand-in owners', () => {
  it('are visible without unfolding anything', async () => {
    await stage.open();
    expect(field().closest('details')).toBeNull();
  });

  it('are chosen from active employees and saved at once, without the CRM’s own Save', async () => {
    await stage.open();
    await userEvent.selectOptions(field(), 'Ничьи клиенты');
    expect(await screen.findByText(ru.own.saved)).toBeTruthy();
    expect(await stage.kept()).toEqual({ v: 1, standInOwners: [String(NOBODY)] });
    expect(stage.offered()).toBeNull();
    expect(chips()).toEqual(['Ничьи клиенты']);
  });

  it('can be several, and each is offered once', async () => {
    await stage.open({ own: { chatUrl, standInOwners: [String(NOBODY)] } });
    expect(offers()).not.toContain('Ничьи клиенты');
    await userEvent.selectOptions(field(), 'Вера Волкова');
    await waitFor(() => expect(chips()).toEqual(['Ничьи клиенты', 'Вера Волкова']));
    await expect.poll(stage.kept).toMatchObject({ standInOwners: [String(NOBODY), String(HEAD_OF_SALES)] });
    expect(field().value).toBe('');
    expect(offers()).not.toContain('Вера Волкова');
  });

  it('can be removed, and the focus moves to the field', async () => {
    await stage.open({ own: { chatUrl, standInOwners: [String(NOBODY), String(HEAD_OF_SALES)] } });
    await press('Убрать: Ничьи клиенты');
    await expect.poll(stage.kept).toMatchObject({ standInOwners: [String(HEAD_OF_SALES)] });
    await waitFor(() => expect(chips()).toEqual(['Вера Волкова']));
    expect(document.activeElement).toBe(field());
    await press('Убрать: Вера Волкова');
    await waitFor(() => expect(screen.queryByRole('list', { name: 'Ничьи клиенты' })).toBeNull());
    expect(offers()[0]).toMatch(/^Никто не выбран/);
  });

  it('show their e-mail addresses when two have the same name', async () => {
    const head = stage.world.crm.users.get(HEAD_OF_SALES);
    if (head) head.name = 'Артём Алексеев';
    await stage.open();
    expect(offers()).toEqual(
      expect.arrayContaining([
        `Артём Алексеев (employee-${SELLER_A}@example.com)`,
        `Артём Алексеев (employee-${HEAD_OF_SALES}@example.com)`,
        'Борис Белов',
      ]),
    );
  });

  it('keep their names when they are deactivated or deleted, so that they can be removed', async () => {
    const head = stage.world.crm.users.get(HEAD_OF_SALES);
    if (head) head.isActive = false;
    await stage.open({ own: { chatUrl, standInOwners: [String(HEAD_OF_SALES), '777'] } });
    expect(chips()).toEqual(['Вера Волкова', 'Сотрудник удалён из CRM (777)']);
    await press('Убрать: Вера Волкова');
    await waitFor(() => expect(chips()).toEqual(['Сотрудник удалён из CRM (777)']));
    expect(offers()).not.toContain('Вера Волкова');
  });
});

describe('own settings that are full', () => {
  it('refuse a change with a sentence, and lose nothing', async () => {
    const own = { v: 1, chatUrl, later: 'ж'.repeat(4072), standInOwners: [String(NOBODY)] };
    await stage.open({ own });
    await userEvent.selectOptions(field(), 'Вера Волкова');
    const alert = await screen.findByRole('alert', {}, { timeout: 5000 });
    expect(alert.textContent).toMatch(/не поместилось.*не больше 8\sКБ/);
    expect(chips()).toEqual(['Ничьи клиенты']);
    expect(field().value).toBe('');
    expect(await stage.kept()).toEqual({ v: 1, later: own.later, standInOwners: [String(NOBODY)] });
    await press('Убрать: Ничьи клиенты');
    await expect.poll(stage.kept).toEqual({ v: 1, later: own.later, standInOwners: [] });
    await waitFor(() => expect(screen.queryByRole('alert')).toBeNull());
  });
});

describe('the role of a new employee', () => {
  const roleIn = (group: string) => screen.getByLabelText<HTMLSelectElement>(group);
  const OFFERED = ['Без роли', 'Менеджер', 'Руководитель', 'Контроль качества'];

  it('is chosen for each group of the CRM and saved in own settings', async () => {
    stage.world.reset({ size: 12 });
    await stage.open({ own: { chatUrl, newcomers: { 1: 'owner' }, claims: { note: false } } });
    expect([...roleIn('Отдел продаж').options].map(option => option.text)).toEqual(OFFERED);
    await userEvent.selectOptions(roleIn('Отдел продаж'), 'Менеджер');
    await userEvent.selectOptions(roleIn('Поддержка'), 'Контроль качества');
    await expect.poll(stage.kept).toEqual({
      v: 1,
      claims: { note: false },
      newcomers: { 0: 'seller', 493002: 'auditor', 1: 'owner' },
    });
    await waitFor(() => expect(roleIn('Поддержка').value).toBe('auditor'));
    await userEvent.selectOptions(roleIn('Отдел продаж'), 'Без роли');
    await expect.poll(stage.kept).toMatchObject({ newcomers: { 493002: 'auditor', 1: 'owner' } });
  });

  it('is folded, and says that it takes effect only after a save', async () => {
    await stage.open();
    const fold = screen.getByText('Роли для новых сотрудников').closest('details');
    expect(fold?.open).toBe(false);
    expect(fold?.textContent).toMatch(/подействует только после сохранения/);
  });
});

describe('the section "How clients are taken"', () => {
  it('says that changes are saved at once and for everyone', async () => {
    await stage.open();
    expect(screen.getByText(ru.own.kept)).toBeTruthy();
  });

  it('says that the employees could not be loaded, and loads them on a retry', async () => {
    stage.world.disturbances.add(/^GET \/api\/v4\/users/, 'forbidden-json');
    await stage.open();
    expect(screen.getByText(/Список сотрудников не загрузился/)).toBeTruthy();
    await press('Попробовать ещё раз');
    await waitFor(() => expect(field()).toBeTruthy());
  });

  it('is hidden from an employee who is not an admin', async () => {
    stage.person = SELLER_A;
    await stage.open();
    expect(screen.queryByText('Как забирают клиентов')).toBeNull();
  });
});
