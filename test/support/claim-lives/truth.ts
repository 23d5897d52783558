/** The rightful owner by the intent of each write, which is known here. The server sees only the CRM's log. */
import { DELIVERY_SECONDS } from '../../../server/claims/judge.ts';

export type Meant =
  | { readonly kind: 'press'; readonly press: string; readonly base: string | null; readonly from: number }
  | { readonly kind: 'order' }
  | { readonly kind: 'repair' };

/** A write, in the order in which the CRM accepted them. `at` is in unix seconds. */
export type MeantWrite = { readonly meant: Meant; readonly after: string | null; readonly at: number };

export type Truth = {
  readonly owner: string | null;
  /** Presses that have written, and whether they took effect. */
  readonly counted: ReadonlyMap<string, boolean>;
};

export function truthOf(base: string | null, writes: readonly MeantWrite[]): Truth {
  let rightful = base;
  const counted = new Map<string, boolean>();
  for (const { meant, after, at } of writes) {
    if (meant.kind === 'repair') continue;
    if (meant.kind === 'press') {
      // A write after more than a minute counts as deliberate.
      const isLate = at > meant.from + DELIVERY_SECONDS;
      if (counted.has(meant.press) && !isLate) continue;
      const counts = meant.base === rightful || after === rightful || isLate;
      counted.set(meant.press, counts);
      if (!counts) continue;
    }
    rightful = after;
  }
  return { owner: rightful, counted };
}
