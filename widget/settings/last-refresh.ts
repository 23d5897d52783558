/**
 * What this computer remembers of the last refresh: when it was, how it ended, up to when changes of responsible were
 * followed, and which ids were there. Ids and numbers only, one record for each account and person. A browser that
 * keeps nothing, or a record that somebody has spoilt, counts as "never refreshed here".
 */
import { array, nullish, number, picklist, string, type GenericSchema } from 'valibot';
import { object } from '../http/object.ts';
import type { SeenPeople } from '../domain/people-changes.ts';
import { keptRecord } from '../kept-record.ts';
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
};

export const refreshMemory = (
  storage: () => Storage,
  { account, person }: { readonly account: string; readonly person: string },
): RefreshMemory => keptRecord(storage, `crm-chat-roles:last-refresh:${account}:v1:${person}`, lastRefresh);
