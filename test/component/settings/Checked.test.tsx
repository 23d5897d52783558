/** What the server's check found, as the panel's refresh tells it. */
import { screen, within } from '@testing-library/preact';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it } from 'vitest';
import type { Checked } from '../../../widget/account/account.ts';
import { PEOPLE_LIMIT } from '../../../widget/chat/chat.ts';
import { Failure } from '../../../widget/http/failure.ts';
import { createRefresh } from '../../../widget/settings/refresh.ts';
import { RefreshReport } from '../../../widget/settings/RefreshReport.tsx';
import { cleanup, show } from '../show.tsx';

const ALIKE: Checked = {
  pipelines: 2,
  people: 4,
  peopleKnown: 5,
  known: 120,
  waiting: 0,
  failed: 0,
  held: 0,
  problem: null,
};
afterEach(cleanup);

/** Refreshes before a server whose checks find these, one after another. */
async function refreshed(...found: readonly Checked[]): Promise<void> {
  const checks = [...found];
  let isReleased = false;
  const model = createRefresh({
    clients: () => ({
      async check() {
        const [next = ALIKE] = checks;
        checks.shift();
        return isReleased ? { ...next, held: 0 } : next;
      },
      async release() {
        isReleased = true;
      },
    }),
    memory: { read: () => null, write: () => undefined },
    locale: 'ru',
    now: () => 0,
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

describe('what the server’s check found', () => {
  it('is the pipelines, the names and the clients of whom both agree', async () => {
    await refreshed(ALIKE);
    expect(findings()).toEqual([
      'Воронки: 2',
      'Имена сотрудников с ролью переданы в Wazzup: 4',
      expect.stringMatching(/: 120$/),
    ]);
  });

  it('is how many clients are being updated and how many were not taken, and then not that both agree', async () => {
    await refreshed({ ...ALIKE, waiting: 3, failed: 7 });
    expect(findings().slice(2)).toEqual([expect.stringMatching(/3/), expect.stringMatching(/7/)]);
  });

  it('is how full the chat service is, from 800 people on', async () => {
    await refreshed({ ...ALIKE, peopleKnown: 812 });
    expect(findings()).toContain('Сотрудников в Wazzup: 812 из 1000 возможных');
  });

  it('waits for an admin’s word where many clients differ', async () => {
    await refreshed({ ...ALIKE, held: 40 }, { ...ALIKE, held: 40 });
    expect(screen.getByText(/: 40\./)).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: 'Обновить Wazzup' }));
    expect(await screen.findByText(/: 120$/)).toBeTruthy();
    expect(screen.queryByText(/: 40\./)).toBeNull();
  });

  it.each([
    [
      new Failure('refused', 'chat', { reason: PEOPLE_LIMIT }),
      /В Wazzup помещается не больше 1000\sсотрудников/,
    ],
    [new Failure('down', 'crm'), /CRM/],
    [new Failure('down', 'chat'), /В Wazzup или на сервере сбой/],
  ])(
    'may be a part: %s is said, with the rest that was done, and can be tried again',
    async (problem, says) => {
      await refreshed({ ...ALIKE, people: null, problem });
      expect(screen.getByRole('alert').textContent).toMatch(says);
      expect(findings()).toEqual(['Воронки: 2']);
      await userEvent.click(screen.getByRole('button', { name: 'Повторить: Данные в Wazzup' }));
      expect(await screen.findByText(/^Готово: 5 сотрудников/)).toBeTruthy();
      expect(screen.queryByRole('alert')).toBeNull();
    },
  );
});
