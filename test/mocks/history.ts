/** A history in memory, for stages where the server is never restarted. */
import { outcomeNow, type Change, type History, type HistoryEntry } from '../../server/history/change.ts';
import { differenceOf } from '../../server/history/difference.ts';
import { sameValue } from '../../server/store/same-value.ts';

export type HistoryInMemory = History & {
  /** For a change that is made together with its entry. */
  readonly note: (change: Change) => void;
};

export function historyInMemory(now: () => Date = () => new Date()): HistoryInMemory {
  const rows: {
    readonly change: Change;
    readonly at: Date;
    readonly id: string;
    after: unknown;
    outcome: string;
  }[] = [];
  const ofAccount = (id: string) => rows.filter(({ change }) => change.account.id === id);
  const add = (change: Change, outcome: string) => {
    const row = { change, at: now(), id: String(rows.length + 1), after: change.after, outcome };
    rows.push(row);
    return row;
  };
  const told = ({ change, after, ...row }: (typeof rows)[number]): HistoryEntry => ({
    id: row.id,
    at: row.at.toISOString(),
    employeeId: change.employeeId,
    origin: change.origin,
    what: change.what,
    outcome: outcomeNow(row, now().getTime()),
    difference: differenceOf(change.what, change.before, after),
  });
  return {
    note: change => void add(change, 'accepted'),
    async intend(change) {
      const row = add(change, 'intended');
      return async (outcome, readBack = row.after) => {
        row.outcome = outcome;
        row.after = readBack;
      };
    },
    async list({ id }, { before, employeeId }) {
      return ofAccount(id)
        .filter(row => before === null || Number(row.id) < Number(before))
        .filter(({ change }) => employeeId === null || change.employeeId === employeeId)
        .toReversed()
        .slice(0, 50)
        .map(told);
    },
    async stateBefore({ id }, what, changeId) {
      return ofAccount(id).find(row => row.id === changeId && row.change.what === what)?.change.before;
    },
    async readBack({ id }, what, current) {
      for (const row of ofAccount(id))
        if (row.outcome === 'unknown' && row.change.what === what && sameValue(row.after, current))
          row.outcome = 'accepted';
    },
  };
}
