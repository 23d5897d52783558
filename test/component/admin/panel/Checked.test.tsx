/** The refresh's report of what the server sent to the chat service besides clients. */
import { screen, within } from '@testing-library/preact';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it } from 'vitest';
import type { Clients } from '../../../../widget/account/account.ts';
import { PEOPLE_LIMIT } from '../../../../widget/chat/chat.ts';
import { Failure } from '../../../../widget/http/failure.ts';
import { createRefresh } from '../../../../widget/admin/panel/refresh.ts';
import { RefreshReport } from '../../../../widget/admin/panel/RefreshReport.tsx';
import { cleanup, show } from '../../show.tsx';

const ALIKE: Clients = {
  pipelines: 2,
  people: 4,
  peopleKnown: 5,
  known: 120,
  right: 120,
  waiting: 0,
  failed: 0,
  notTold: [],
  held: 0,
  unsent: 0,
  notNumbers: 0,
  sending: true,
  checkedAt: 0,
  endedAt: '',
  problem: null,
};
afterEach(cleanup);

/** Refreshes with a server whose checks return these results, one after another. */
async function refreshed(...found: readonly Clients[]): Promise<void> {
  const checks = [...found];
  const model = createRefresh({
    check: async () => checks.shift() ?? ALIKE,
    loadAccount: async () => 5,
    mostPeople: 1000,
    signal: new AbortController().signal,
  });
  show(<RefreshReport refresh={model} />, 'ru');
  await model.run();
  await screen.findAllByText(/^(Готово|Обновилось не всё)/);
}
const findings = () =>
  within(screen.getByRole('list', { name: 'Данные в Wazzup' }))
    .getAllByRole('listitem')
    .map(({ textContent }) => textContent);

describe('the report of a refresh', () => {
  it('lists pipelines and names of employees, and leaves clients to their own line', async () => {
    await refreshed({ ...ALIKE, waiting: 3, failed: 7, held: 40 });
    expect(findings()).toEqual(['Воронки: 2', 'Имена сотрудников с ролью переданы в Wazzup: 4']);
    expect(screen.getByText(/^Готово/)).toBeTruthy();
    expect(screen.queryByText(/7|40/)).toBeNull();
  });

  it('says how full the chat service is from 800 employees on', async () => {
    await refreshed({ ...ALIKE, peopleKnown: 812 });
    expect(findings()).toContain('Сотрудников в Wazzup: 812 из 1000 возможных');
  });

  it.each([
    [
      new Failure('refused', 'chat', { reason: PEOPLE_LIMIT }),
      /В Wazzup помещается не больше 1000\sсотрудников/,
    ],
    [new Failure('down', 'crm'), /CRM/],
    [new Failure('down', 'chat'), /В Wazzup или на сервере сбой/],
  ])('says why a part failed (%s), lists what was done, and offers to try again', async (problem, says) => {
    await refreshed({ ...ALIKE, people: null, problem });
    expect(screen.getByRole('alert').textContent).toMatch(says);
    expect(findings()).toEqual(['Воронки: 2']);
    await userEvent.click(screen.getByRole('button', { name: 'Повторить: Данные в Wazzup' }));
    expect(await screen.findByText(/^Готово: 5 сотрудников/)).toBeTruthy();
    expect(screen.queryByRole('alert')).toBeNull();
  });
});
