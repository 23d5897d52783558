/**
 * What this computer remembers of the last refresh, when it was and how it ended, and which ids were there when roles were saved. Ids and numbers only, one record for each account and person. A browser that
 * keeps nothing, or a record that somebody has spoilt, counts as "never refreshed here".
 */
import { nullish, number, picklist, pipe, transform, type GenericSchema } from 'valibot';
import { id } from '../http/fields.ts';
import { listed } from '../http/listed.ts';
import { object } from '../http/object.ts';
import { keptRecord } from '../kept-record.ts';

export const STEPS = ['employees', 'chat'] as const;
export type Step = (typeof STEPS)[number];

export type LastRefresh = {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly unfinished: readonly Step[];
  /** Ids of all employees when roles were last saved on this computer; `null` until then. */
  readonly atSave: readonly string[] | null;
};

/** What is understood of a list; the rest is left out. */
const listOf = <T>(item: GenericSchema<unknown, T>) =>
  pipe(
    listed(item),
    transform(({ items }) => items),
  );
const lastRefresh: GenericSchema<unknown, LastRefresh> = object({
  at: number(),
  unfinished: listOf(picklist(STEPS)),
  atSave: nullish(listOf(id), null),
});

export type RefreshMemory = {
  readonly read: () => LastRefresh | null;
  readonly write: (last: LastRefresh) => void;
};

export const refreshMemory = (
  storage: () => Storage,
  { account, person }: { readonly account: string; readonly person: string },
): RefreshMemory => keptRecord(storage, `crm-chat-roles:last-refresh:${account}:v1:${person}`, lastRefresh);
