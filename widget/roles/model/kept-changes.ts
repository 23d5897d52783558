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
  picklist,
  pipe,
  string,
  transform,
  tuple,
  type GenericSchema,
} from 'valibot';
import { object } from '../../http/object.ts';
import { seatKey } from '../../domain/assignment.ts';
import { mayReceiveNewClients, ROLES } from '../../domain/role.ts';
import { keptRecord } from '../../kept-record.ts';
import { samePlace, type Change, type Place } from '../rules/draft.ts';

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
const shape: GenericSchema<unknown, Kept> = object({ at: number(), changes: array(change) });

export function keptChanges(
  storage: () => Storage,
  {
    account,
    person,
    kind,
  }: { readonly account: string; readonly person: string; readonly kind: 'draft' | 'saved' },
): KeptChanges {
  const record = keptRecord(storage, `crm-chat-roles:roles:${account}:v1:${kind}:${person}`, shape);
  return {
    drop: record.drop,
    read() {
      const kept = record.read();
      const bySeat = new Map(kept?.changes.map(one => [seatKey(one.seat), one]));
      const changes = [...bySeat.values()].filter(({ before, after }) => !samePlace(before, after));
      return kept && changes.length > 0 ? { at: kept.at, changes } : null;
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
      const isKept = record.write({ at, changes: rows });
      if (!isKept) record.drop();
      return isKept;
    },
  };
}

/** A record says what could have been chosen, and no more. */
const placeOf = (role: Place['role'], receivesNewClients: boolean): Place => ({
  role,
  receivesNewClients: receivesNewClients && mayReceiveNewClients(role),
});
