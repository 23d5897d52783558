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
  /** Forgets the refreshes of everybody in this account: the widget was disabled. */
  readonly drop: () => void;
};

/** `storage` is asked for each time, because a browser may refuse to hand it out. */
export function refreshMemory(
  storage: () => Storage,
  { account, person }: { readonly account: string; readonly person: string },
): RefreshMemory {
  const ofAccount = `crm-chat-roles:last-refresh:${account}:`;
  const key = `${ofAccount}v1:${person}`;
  return {
    read() {
      const value: unknown = allowed(() => JSON.parse(storage().getItem(key) ?? ''));
      const { success, output } = safeParse(lastRefresh, value);
      return success ? output : null;
    },
    write(last) {
      allowed(() => storage().setItem(key, JSON.stringify(last)));
    },
    drop() {
      allowed(() => {
        const store = storage();
        const keys = Array.from({ length: store.length }, (_, at) => store.key(at) ?? '');
        keys.filter(one => one.startsWith(ofAccount)).forEach(one => store.removeItem(one));
      });
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
