/**
 * Changes of roles that this computer keeps: the draft that was not saved. Ids only, one record for each account and
 * person. A change that says something else than roles on a seat is left out, and a record without any counts as none;
 * so does everything in a browser that keeps nothing.
 */
import {
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
import { distinct } from '../../../http/distinct.ts';
import { listed } from '../../../http/listed.ts';
import { object } from '../../../http/object.ts';
import { seatKey } from '../../../../domain/assignment.ts';
import { mayReceiveNewClients, ROLES } from '../../../../domain/role.ts';
import { keptRecord } from '../../../browser/kept-record.ts';
import { keptKey, type Whose } from '../../../browser/kept.ts';
import { sameChoice, type Change, type RoleChoice } from '../rules/draft.ts';

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

/** More are not kept: they are as good as always too much, and to find that out takes longer than the edit itself. */
const MOST_CHANGES = 5000;

const id = pipe(string(), nonEmpty(), maxLength(100));
const role = nullable(picklist(ROLES));
const change: GenericSchema<unknown, Change> = pipe(
  tuple([id, id, role, boolean(), role, boolean()]),
  transform(([channelId, employeeId, had, received, gets, receives]) => ({
    seat: { channelId, employeeId },
    before: choiceOf(had, received),
    after: choiceOf(gets, receives),
  })),
);
const shape = object({ at: number(), changes: listed(change) });

export function keptChanges(storage: () => Storage, whose: Whose): KeptChanges {
  const record = keptRecord(storage, keptKey('roles', whose), shape);
  return {
    drop: record.drop,
    read() {
      const kept = record.read();
      const changes = distinct(kept?.changes.items ?? [], one => seatKey(one.seat)).filter(
        ({ before, after }) => !sameChoice(before, after),
      );
      return kept && changes.length > 0 ? { at: kept.at, changes } : null;
    },
    write({ at, changes }) {
      const kept = changes.length > MOST_CHANGES ? [] : changes;
      const rows = kept.map(({ seat, before, after }) => [
        seat.channelId,
        seat.employeeId,
        before.role,
        before.receivesNewClients,
        after.role,
        after.receivesNewClients,
      ]);
      const isKept = kept === changes && record.write({ at, changes: rows });
      if (!isKept) record.drop();
      return isKept;
    },
  };
}

/** A record says what could have been chosen, and no more. */
const choiceOf = (role: RoleChoice['role'], receivesNewClients: boolean): RoleChoice => ({
  role,
  receivesNewClients: receivesNewClients && mayReceiveNewClients(role),
});
