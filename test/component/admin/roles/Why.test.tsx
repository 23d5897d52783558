import { screen, within } from '@testing-library/preact';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SELLER_A, SELLER_B } from '../../../world/people.ts';
import { WHOLESALE_CHANNEL } from '../../../world/world.ts';
import { giveRoles, held, settingsStage, type SettingsStage } from '../settings-stage.tsx';
import { ARTYOM, BORIS, choose, dialog, openDialog, row } from './dialog-steps.ts';

let stage: SettingsStage;
beforeEach(() => {
  stage = settingsStage();
});
afterEach(() => stage.end());

const titleOf = (name: string) => `Видит ли ${name} чат и почему`;
const why = (name: string) => within(screen.getByRole('dialog', { name: titleOf(name) }));
const ask = (name: string) => userEvent.click(row(name).getByRole('button', { name: titleOf(name) }));
const about = (name: string, chat: string) =>
  userEvent.selectOptions(why(name).getByLabelText('Чей это чат'), chat);
const answer = (name: string) => why(name).getByRole('status').textContent;

describe('"Why does … see this?"', () => {
  it('gives the reason and says what to change', async () => {
    giveRoles(stage, held(SELLER_A, 'seller'));
    await openDialog(stage);
    await ask(ARTYOM);
    expect(answer(ARTYOM)).toMatch(
      /видит этот чат и может отвечать: на канале «Продажи» менеджер видит клиентов.*смените в CRM ответственного/,
    );
    await about(ARTYOM, 'Клиента коллеги');
    expect(answer(ARTYOM)).toMatch(/не видит этот чат: за клиента отвечает коллега.*«Руководитель»/);
    await about(ARTYOM, 'Нового клиента, ещё без ответственного');
    expect(answer(ARTYOM)).toMatch(/включено «Получает новых клиентов».*выключите/);
    await about(ARTYOM, 'Клиента, чей ответственный уволился');
    expect(answer(ARTYOM)).toMatch(/ответственный уволился.*нового ответственного/);
  });

  it('uses the unsaved roles, and says so', async () => {
    giveRoles(stage, held(SELLER_A, 'seller'));
    await openDialog(stage);
    await choose(ARTYOM, 'Контроль качества');
    await ask(ARTYOM);
    expect(answer(ARTYOM)).toMatch(/только читает чаты канала «Продажи».*Так будет, когда вы сохраните роли/);
  });

  it('starts with the current channel, and answers for other channels', async () => {
    giveRoles(stage, held(SELLER_A, 'seller', WHOLESALE_CHANNEL));
    await openDialog(stage);
    await ask(ARTYOM);
    expect(answer(ARTYOM)).toMatch(/на канале «Продажи» нет роли/);
    await userEvent.selectOptions(why(ARTYOM).getByLabelText('Канал'), 'Опт');
    expect(answer(ARTYOM)).toMatch(/на канале «Опт» менеджер видит/);
  });

  it('does not promise chats to an employee who cannot log in', async () => {
    const boris = stage.world.crm.users.get(SELLER_B);
    if (boris) boris.isActive = false;
    giveRoles(stage, held(SELLER_B, 'manager'));
    await openDialog(stage);
    await ask(BORIS);
    expect(answer(BORIS)).toMatch(/руководитель видит все чаты.*не войдёт в CRM/);
  });

  it('returns to the rows', async () => {
    await openDialog(stage);
    await ask(ARTYOM);
    await userEvent.click(why(ARTYOM).getByRole('button', { name: 'Вернуться к ролям' }));
    expect(screen.queryByRole('dialog', { name: titleOf(ARTYOM) })).toBeNull();
    expect(dialog().getAllByRole('button', { name: /^Видит ли .* чат и почему$/ })).toHaveLength(5);
  });
});
