/**
 * Changes of roles that this computer keeps: the draft that was not saved, and what was saved last. Ids only, one
 * record for each account, person and kind. A record that somebody has spoilt, or that says something else than roles
 * on seats, counts as none; so does everything in a browser that keeps nothing.
 */
import {
  array,
  boolean,
  maxLength,
  nonEmpty,
  nullable,
  number,
  object,
  picklist,
  pipe,
  safeParse,
  string,
  transform,
  tuple,
  type GenericSchema,
} from 'valibot';
import { seatKey } from '../domain/assignment.ts';
import { mayReceiveNewClients, ROLES } from '../domain/role.ts';
import { samePlace, type Change, type Place } from './draft.ts';

export type Kept = {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly changes: readonly Change[];
};

export type KeptChanges = {
  readonly read: () => Kept | null;
  /** False when the browser did not take it, or when it is too much to keep. Then nothing older is left either. */
  readonly write: (kept: Kept) => boolean;
  readonly drop: () => void;
};

/** Of the five million characters that a browser gives the CRM and all its widgets together. */
const MOST_CHARACTERS = 500_000;

const id = pipe(string(), nonEmpty(), maxLength(100));
const role = nullable(picklist(ROLES));
const change: GenericSchema<unknown, Change> = pipe(
  tuple([id, id, role, boolean(), role, boolean()]),
  transform(([channelId, employeeId, had, received, gets, receives]) => ({
    seat: { channelId, employeeId },
    before: placeOf(had, received),
    after: placeOf(gets, receives),
  })),
);
const record: GenericSchema<unknown, Kept> = object({ at: number(), changes: array(change) });

/** `storage` is asked for each time, because a browser may refuse to hand it out. */
export function keptChanges(
  storage: () => Storage,
  {
    account,
    person,
    kind,
  }: { readonly account: string; readonly person: string; readonly kind: 'draft' | 'saved' },
): KeptChanges {
  const key = `crm-chat-roles:roles:${account}:v1:${kind}:${person}`;
  const drop = (): void => void allowed(() => storage().removeItem(key));
  return {
    drop,
    read() {
      const text = allowed(() => storage().getItem(key)) ?? '';
      const value: unknown = text.length > MOST_CHARACTERS ? null : allowed(() => JSON.parse(text));
      const { success, output } = safeParse(record, value);
      if (!success) return null;
      const bySeat = new Map(output.changes.map(one => [seatKey(one.seat), one]));
      const changes = [...bySeat.values()].filter(({ before, after }) => !samePlace(before, after));
      return changes.length > 0 ? { at: output.at, changes } : null;
    },
    write({ at, changes }) {
      const rows = changes.map(({ seat, before, after }) => [
        seat.channelId,
        seat.employeeId,
        before.role,
        before.receivesNewClients,
        after.role,
        after.receivesNewClients,
      ]);
      const text = JSON.stringify({ at, changes: rows });
      if (text.length <= MOST_CHARACTERS && allowed(() => (storage().setItem(key, text), true))) return true;
      drop();
      return false;
    },
  };
}

/** A record says what could have been chosen, and no more. */
const placeOf = (role: Place['role'], receivesNewClients: boolean): Place => ({
  role,
  receivesNewClients: receivesNewClients && mayReceiveNewClients(role),
});

/** Storage that is forbidden or full throws, and no save may fail because of that. */
function allowed<T>(use: () => T): T | null {
  try {
    return use();
  } catch {
    return null;
  }
}
