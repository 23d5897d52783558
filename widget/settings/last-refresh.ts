/**
 * What this computer remembers of the last refresh: when it was, how it ended, up to when changes of responsible were
 * followed, and which ids were there. Ids and numbers only, one record for each account and person. A browser that
 * keeps nothing, or a record that somebody has spoilt, counts as "never refreshed here".
 */
import { array, nullish, number, object, picklist, safeParse, string, type GenericSchema } from 'valibot';
import type { SeenPeople } from '../domain/people-changes.ts';
import type { Followed } from './owner-changes.ts';
import { STEPS, type Step } from './refresh.ts';

export type LastRefresh = {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly unfinished: readonly Step[];
  readonly followed: Followed;
  /** `null` until all employees were read once. */
  readonly seen: SeenPeople | null;
};

/** Of the five million characters that a browser gives the CRM and all its widgets together. */
const MOST_CHARACTERS = 500_000;

const ids = array(string());
const lastRefresh: GenericSchema<unknown, LastRefresh> = object({
  at: number(),
  unfinished: array(picklist(STEPS)),
  followed: object({ to: nullish(number(), null), waiting: ids }),
  seen: nullish(array(object({ groupId: string(), ids })), null),
});

export type RefreshMemory = {
  readonly read: () => LastRefresh | null;
  readonly write: (last: LastRefresh) => void;
};

/** `storage` is asked for each time, because a browser may refuse to hand it out. */
export function refreshMemory(
  storage: () => Storage,
  { account, person }: { readonly account: string; readonly person: string },
): RefreshMemory {
  const key = `crm-chat-roles:last-refresh:${account}:v1:${person}`;
  return {
    read() {
      const text = allowed(() => storage().getItem(key)) ?? '';
      const value: unknown = text.length > MOST_CHARACTERS ? null : allowed(() => JSON.parse(text));
      const { success, output } = safeParse(lastRefresh, value);
      return success ? output : null;
    },
    write(last) {
      const text = JSON.stringify(last);
      if (text.length <= MOST_CHARACTERS) allowed(() => storage().setItem(key, text));
    },
  };
}

/** Storage that is forbidden, full or spoilt throws, and no refresh may fail because of that. */
function allowed<T>(use: () => T): T | null {
  try {
    return use();
  } catch {
    return null;
  }
}
