import { screen, waitFor, within } from '@testing-library/preact';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HEAD_OF_SALES, SELLER_A, SELLER_B } from '../../../world/people.ts';
import { SALES_CHANNEL, WHOLESALE_CHANNEL } from '../../../world/world.ts';
import { giveRoles, held, settingsStage, type SettingsStage } from '../settings-stage.tsx';
import { press } from './panel-steps.ts';

const both = (person: number) => [
  held(person, 'seller', SALES_CHANNEL),
  held(person, 'seller', WHOLESALE_CHANNEL),
];

let stage: SettingsStage;
beforeEach(() => {
  stage = settingsStage();
  giveRoles(stage, ...both(SELLER_A), held(SELLER_B, 'seller'));
});
afterEach(() => stage.end());

const chatUrl = 'https://gateway.example.com';
const WHOLESALE = 'Опт (Telegram)';
const section = () => within(screen.getByRole('region', { name: 'Канал по умолчанию' }));
const list = (name: string) => section().getByRole<HTMLSelectElement>('combobox', { name });
const offers = (name: string) => [...list(name).options].map(option => option.text);
const shown = (name: string) => list(name).selectedOptions[0]?.text;
const choose = (name: string, label: string) => userEvent.selectOptions(list(name), label);
const ADD = 'Личный канал сотрудника';
const MISSING = 'Канал по умолчанию не выбран (каналов: 2): Артём Алексеев';

describe('the default channel', () => {
  it('is offered when an employee can answer on two channels, even without a supervisor', async () => {
    await stage.open();
    expect(screen.getByText('Дополнительно').closest('details')?.open).toBe(false);
    expect(section().getByText(MISSING)).toBeTruthy();
    expect(screen.queryByRole('switch', { name: /Уведомлять/ })).toBeNull();
  });

  it.each([
    [
      'one channel for each employee',
      () => [held(SELLER_A, 'seller'), held(SELLER_B, 'manager', WHOLESALE_CHANNEL)],
    ],
    [
      'a second channel that is only read',
      () => [held(SELLER_A, 'manager'), held(SELLER_A, 'auditor', WHOLESALE_CHANNEL)],
    ],
  ])('is not offered with %s', async (_, roles) => {
    giveRoles(stage, ...roles());
    await stage.open();
    expect(screen.queryByRole('region', { name: 'Канал по умолчанию' })).toBeNull();
  });

  it('is not offered when the only employee with two channels is deactivated', async () => {
    const seller = stage.world.crm.users.get(SELLER_A);
    if (seller) seller.isActive = false;
    await stage.open();
    expect(screen.queryByText('Дополнительно')).toBeNull();
  });

  it('says that it does not change the default channel in Wazzup itself', async () => {
    await stage.open();
    expect(section().getByText(/канал по умолчанию в самом Wazzup не меняется/)).toBeTruthy();
  });

  it('is hidden from an employee who is not an admin', async () => {
    stage.person = SELLER_A;
    await stage.open();
    expect(screen.queryByText('Дополнительно')).toBeNull();
  });
});

describe('the channel of a group', () => {
  it('is chosen and removed, and the list of employees without a channel follows', async () => {
    const own = { chatUrl, channels: { groups: { 9: 'x' }, later: 1 } };
    await stage.open({ own });
    expect(offers('Отдел продаж')).toEqual(['— не выбран —', 'Продажи (WhatsApp)', WHOLESALE]);
    await choose('Отдел продаж', WHOLESALE);
    await expect.poll(stage.kept).toEqual({
      v: 1,
      channels: { groups: { 0: WHOLESALE_CHANNEL, 9: 'x' }, later: 1 },
    });
    await waitFor(() => expect(section().queryByText(MISSING)).toBeNull());
    expect(shown('Отдел продаж')).toBe(WHOLESALE);
    await choose('Отдел продаж', '— не выбран —');
    await expect.poll(stage.kept).toMatchObject({ channels: { groups: { 9: 'x' } } });
    expect(await section().findByText(MISSING)).toBeTruthy();
  });

  it('is offered only for groups with an employee who has several channels', async () => {
    stage.world.reset({ size: 12 });
    giveRoles(stage, ...both(SELLER_A));
    await stage.open();
    expect(section().queryByRole('combobox', { name: 'Поддержка' })).toBeNull();
    expect(section().getAllByRole('combobox')).toHaveLength(2);
  });

  it('stays visible when the channel no longer exists, and counts as not chosen', async () => {
    await stage.open({ own: { chatUrl, channels: { groups: { 0: 'gone' } } } });
    expect(shown('Отдел продаж')).toBe('Этого канала больше нет в Wazzup');
    expect(section().getByText(MISSING)).toBeTruthy();
  });
});

describe('the channel of one person', () => {
  it('is offered to employees with several channels, and can be removed again', async () => {
    giveRoles(stage, ...both(SELLER_A), ...both(HEAD_OF_SALES), held(SELLER_B, 'seller'));
    await stage.open();
    expect(offers(ADD)).toEqual(['Добавить сотрудника', 'Артём Алексеев', 'Вера Волкова']);
    await choose(ADD, 'Артём Алексеев');
    await waitFor(() => expect(shown('Артём Алексеев')).toBe('— не выбран —'));
    expect(await stage.kept()).toBeNull();
    await choose('Артём Алексеев', WHOLESALE);
    await expect.poll(stage.kept).toMatchObject({ channels: { people: { [SELLER_A]: WHOLESALE_CHANNEL } } });
    expect(await section().findByText(/не выбран \(каналов: 2\): Вера Волкова$/)).toBeTruthy();
    expect(offers(ADD)).toEqual(['Добавить сотрудника', 'Вера Волкова']);
    await press('Убрать личный канал: Артём Алексеев');
    await expect.poll(stage.kept).toEqual({ v: 1, channels: { people: {} } });
    await waitFor(() => expect(section().queryByRole('combobox', { name: 'Артём Алексеев' })).toBeNull());
    expect(document.activeElement).toBe(list(ADD));
  });

  it('stays visible when they cannot answer on it or no longer exist', async () => {
    giveRoles(stage, ...both(SELLER_A), held(SELLER_B, 'seller'));
    const people = { [SELLER_B]: WHOLESALE_CHANNEL, 777: SALES_CHANNEL };
    await stage.open({ own: { chatUrl, channels: { people } } });
    expect(shown('Борис Белов')).toBe('Опт (Telegram): здесь сотрудник не может отвечать');
    await press('Убрать личный канал: Сотрудник удалён из CRM (777)');
    await expect.poll(stage.kept).toEqual({ v: 1, channels: { people: { [SELLER_B]: WHOLESALE_CHANNEL } } });
  });

  it('is refused for the hundred and first person, with a sentence', async () => {
    const people = Object.fromEntries(Array.from({ length: 100 }, (_, at) => [String(9000 + at), 'c']));
    await stage.open({ own: { chatUrl, channels: { people } } });
    await choose(ADD, 'Артём Алексеев');
    await waitFor(() => list('Артём Алексеев'));
    await choose('Артём Алексеев', WHOLESALE);
    expect((await section().findByRole('alert')).textContent).toMatch(/не больше чем 100/);
    expect(screen.getAllByRole('alert')).toHaveLength(1);
    expect(shown('Артём Алексеев')).toBe('— не выбран —');
    expect(await stage.kept()).toEqual({ channels: { people } });
  });
});

describe('the notice after a save of roles', () => {
  /** The admin gives B a second channel in the dialog. */
  async function giveSecondChannel(): Promise<void> {
    await press('Выбрать');
    const tab = await screen.findByRole('tab', { name: /^Опт/ });
    await userEvent.click(tab);
    const row = await screen.findByRole('row', { name: /^Борис Белов/ });
    await userEvent.click(within(row).getByRole('radio', { name: 'Менеджер' }));
    await userEvent.click(
      within(screen.getByRole('dialog', { name: 'Роли сотрудников' })).getByRole('button', {
        name: 'Сохранить',
      }),
    );
    await screen.findByText(/Роли сохранены/);
  }
  const notices = () => screen.queryAllByText(/^Канал по умолчанию не выбран.*Выберите его ниже/);

  it('names employees who now have several channels, until one is chosen', async () => {
    await stage.open();
    await giveSecondChannel();
    expect(notices().map(({ textContent }) => textContent)).toEqual([
      'Канал по умолчанию не выбран (каналов: 2): Борис Белов. Выберите его ниже, в разделе «Дополнительно».',
    ]);
    await choose('Отдел продаж', WHOLESALE);
    await waitFor(() => expect(notices()).toEqual([]));
    expect(screen.getByText(/Роли сохранены/)).toBeTruthy();
  });

  it('is not shown when the group has a channel', async () => {
    await stage.open({ own: { chatUrl, channels: { groups: { 0: SALES_CHANNEL } } } });
    await giveSecondChannel();
    expect(notices()).toEqual([]);
  });
});
