import { screen, waitFor } from '@testing-library/preact';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readOwnRules, type ClaimRules } from '../../../../domain/own-rules.ts';
import { settingsStage, type SettingsStage } from '../settings-stage.tsx';

let stage: SettingsStage;
beforeEach(() => {
  stage = settingsStage();
});
afterEach(() => stage.end());

const chatUrl = 'https://gateway.example.com';
const COLLEAGUE = 'Продавец может взять клиента коллеги';
const SUPERVISORS = 'Руководитель может взять любого клиента';
const DEALS = 'Открытые сделки переходят вместе с клиентом';
const NOTE = 'Оставлять примечание в ленте контакта';
const TASK = 'Ставить задачу прежнему ответственному';
const question = (name: string) =>
  screen.getByRole<HTMLSelectElement>('combobox', { name: new RegExp(`^${name}`) });
const answer = (name: string, words: string) => userEvent.selectOptions(question(name), words);
const turned = (name: string) => screen.getByRole<HTMLInputElement>('switch', { name });
const turn = (name: string) => userEvent.click(turned(name));
const chosen = (name: string) => question(name).selectedOptions[0]?.textContent;
/** The rules that a card would read from the server's settings. */
const keptRules = async () => readOwnRules(JSON.stringify(await stage.kept())).claims;

describe('the rules', () => {
  it('are folded at first', async () => {
    await stage.open();
    const fold = screen.getByText('Правила').closest('details');
    expect(fold?.open).toBe(false);
  });

  it('show the defaults while none were chosen', async () => {
    await stage.open();
    expect([chosen(COLLEAGUE), chosen(DEALS)]).toEqual(['Никогда', 'Спрашивать']);
    expect([SUPERVISORS, NOTE, TASK].map(name => turned(name).checked)).toEqual([true, true, false]);
  });

  it('show what was saved before', async () => {
    const claims: ClaimRules = {
      fromColleague: 'with-reason',
      supervisorsFreely: false,
      deals: 'never',
      note: false,
      task: true,
    };
    await stage.open({ own: { chatUrl, claims } });
    expect([chosen(COLLEAGUE), chosen(DEALS)]).toEqual(['С указанием причины', 'Никогда']);
    expect([SUPERVISORS, NOTE, TASK].map(name => turned(name).checked)).toEqual([false, false, true]);
  });

  it.each<[string, () => Promise<unknown>, Partial<ClaimRules>]>([
    ['a reason', () => answer(COLLEAGUE, 'С указанием причины'), { fromColleague: 'with-reason' }],
    ['any colleague’s client', () => answer(COLLEAGUE, 'Свободно'), { fromColleague: 'freely' }],
    ['supervisors', () => turn(SUPERVISORS), { supervisorsFreely: false }],
    ['all deals', () => answer(DEALS, 'Всегда'), { deals: 'always' }],
    ['no deals', () => answer(DEALS, 'Никогда'), { deals: 'never' }],
    ['the note', () => turn(NOTE), { note: false }],
    ['the task', () => turn(TASK), { task: true }],
  ])('are saved at once, without changing other settings: %s', async (_, change, changed) => {
    const own = { chatUrl, standInOwners: ['1'], claims: { later: 7 } };
    await stage.open({ own });
    const before = readOwnRules('').claims;
    await change();
    await expect.poll(keptRules).toEqual({ ...before, ...changed });
    expect(await stage.kept()).toMatchObject({ standInOwners: ['1'], claims: { later: 7 } });
    expect(stage.offered()).toBeNull();
  });

  it('can be changed one after another without losing a change', async () => {
    await stage.open();
    await answer(COLLEAGUE, 'Свободно');
    await turn(NOTE);
    await expect.poll(keptRules).toMatchObject({ fromColleague: 'freely', note: false, deals: 'ask' });
    await waitFor(() => expect(chosen(COLLEAGUE)).toBe('Свободно'));
  });

  it('return to the saved values each time a change does not fit', async () => {
    await stage.open({ own: { chatUrl, later: 'ж'.repeat(4080) } });
    for (const change of [
      () => answer(COLLEAGUE, 'Свободно'),
      () => turn(NOTE),
      () => answer(DEALS, 'Всегда'),
    ]) {
      await change();
      await waitFor(() => expect([chosen(COLLEAGUE), chosen(DEALS)]).toEqual(['Никогда', 'Спрашивать']));
      await waitFor(() => expect(turned(NOTE).checked).toBe(true));
    }
    const alert = await screen.findByRole('alert', {}, { timeout: 5000 });
    expect(alert.textContent).toMatch(/не поместилось/);
    expect(await stage.kept()).toEqual({ later: 'ж'.repeat(4080) });
  });

  it('can be switched by a click on their label', async () => {
    await stage.open();
    await userEvent.click(screen.getByText(NOTE));
    await expect.poll(async () => (await keptRules()).note).toBe(false);
  });
});
