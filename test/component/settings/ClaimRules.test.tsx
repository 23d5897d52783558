import { screen, waitFor, within } from '@testing-library/preact';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readOwnRules, type ClaimRules } from '../../../widget/domain/own-rules.ts';
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
const radio = (question: string, answer: string) =>
  within(screen.getByRole('radiogroup', { name: question })).getByRole<HTMLInputElement>('radio', {
    name: answer,
  });
const turned = (name: string) => screen.getByRole<HTMLInputElement>('switch', { name });
const chosen = (question: string) =>
  within(screen.getByRole('radiogroup', { name: question }))
    .getAllByRole<HTMLInputElement>('radio')
    .flatMap(({ checked, labels }) => (checked ? [labels?.[0]?.textContent] : []));
/** What a card would read of what was offered to the CRM. */
const offeredRules = () => readOwnRules(JSON.stringify(stage.offered())).claims;

describe('the rules', () => {
  it('are folded at first', async () => {
    await stage.open();
    const fold = screen.getByText('Правила').closest('details');
    expect(fold?.open).toBe(false);
  });

  it('say what holds while nobody has chosen', async () => {
    await stage.open();
    expect([chosen(COLLEAGUE), chosen(DEALS)]).toEqual([['Никогда'], ['Спрашивать']]);
    expect([SUPERVISORS, NOTE, TASK].map(name => turned(name).checked)).toEqual([true, true, false]);
  });

  it('show what the CRM keeps', async () => {
    const claims: ClaimRules = {
      fromColleague: 'with-reason',
      supervisorsFreely: false,
      deals: 'never',
      note: false,
      task: true,
    };
    await stage.open({ own: { chatUrl, claims } });
    expect([chosen(COLLEAGUE), chosen(DEALS)]).toEqual([['С указанием причины'], ['Никогда']]);
    expect([SUPERVISORS, NOTE, TASK].map(name => turned(name).checked)).toEqual([false, false, true]);
  });

  it.each<[string, () => HTMLElement, Partial<ClaimRules>]>([
    ['a reason', () => radio(COLLEAGUE, 'С указанием причины'), { fromColleague: 'with-reason' }],
    ['any colleague’s client', () => radio(COLLEAGUE, 'Свободно'), { fromColleague: 'freely' }],
    ['supervisors', () => turned(SUPERVISORS), { supervisorsFreely: false }],
    ['all deals', () => radio(DEALS, 'Всегда'), { deals: 'always' }],
    ['no deals', () => radio(DEALS, 'Никогда'), { deals: 'never' }],
    ['the note', () => turned(NOTE), { note: false }],
    ['the task', () => turned(TASK), { task: true }],
  ])('are offered to the CRM’s own Save one by one: %s', async (_, control, changed) => {
    const own = { chatUrl, standInOwners: ['1'], claims: { later: 7 } };
    await stage.open({ own });
    const before = readOwnRules('').claims;
    await userEvent.click(control());
    expect(offeredRules()).toEqual({ ...before, ...changed });
    expect(stage.offered()).toMatchObject(own);
    expect(await screen.findByText(/Изменения ещё не сохранены/)).toBeTruthy();
  });

  it('keep each other’s changes', async () => {
    await stage.open();
    await userEvent.click(radio(COLLEAGUE, 'Свободно'));
    await userEvent.click(turned(NOTE));
    expect(offeredRules()).toMatchObject({ fromColleague: 'freely', note: false, deals: 'ask' });
    await waitFor(() => expect(chosen(COLLEAGUE)).toEqual(['Свободно']));
  });

  it('stay as they were when they do not fit, each time', async () => {
    await stage.open({ own: { chatUrl, later: 'ж'.repeat(4060) } });
    for (const control of [radio(COLLEAGUE, 'Свободно'), turned(NOTE), radio(DEALS, 'Всегда')]) {
      await userEvent.click(control);
      await waitFor(() => expect([chosen(COLLEAGUE), chosen(DEALS)]).toEqual([['Никогда'], ['Спрашивать']]));
      await waitFor(() => expect(turned(NOTE).checked).toBe(true));
    }
    expect(screen.getByRole('alert').textContent).toMatch(/не поместилось/);
    expect(stage.offered()).toBeNull();
  });

  it('can be turned by their words too', async () => {
    await stage.open();
    await userEvent.click(screen.getByText(NOTE));
    expect(offeredRules().note).toBe(false);
  });
});
