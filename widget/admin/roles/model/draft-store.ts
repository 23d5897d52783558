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
import { storedRecord } from '../../../browser/stored-record.ts';
import { storageKey, type Whose } from '../../../browser/storage.ts';
import { sameChoice, type Change, type RoleChoice } from '../rules/draft.ts';

export type StoredDraft = {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly changes: readonly Change[];
};

export type DraftStore = {
  readonly read: () => StoredDraft | null;
  /** False when the browser did not take it, or when it is too much to keep. Then nothing older is left either. */
  readonly write: (draft: StoredDraft) => boolean;
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

export function draftStore(storage: () => Storage, whose: Whose): DraftStore {
  const record = storedRecord(storage, storageKey('roles', whose), shape);
  return {
    drop: record.drop,
    read() {
      const stored = record.read();
      const changes = distinct(stored?.changes.items ?? [], one => seatKey(one.seat)).filter(
        ({ before, after }) => !sameChoice(before, after),
      );
      return stored && changes.length > 0 ? { at: stored.at, changes } : null;
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
      const isStored = kept === changes && record.write({ at, changes: rows });
      if (!isStored) record.drop();
      return isStored;
    },
  };
}

/** A record says what could have been chosen, and no more. */
const choiceOf = (role: RoleChoice['role'], receivesNewClients: boolean): RoleChoice => ({
  role,
  receivesNewClients: receivesNewClients && mayReceiveNewClients(role),
});
