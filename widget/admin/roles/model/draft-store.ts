/**
 * Unsaved changes of roles stored on this computer. Stores only ids, one record per account and person. A change that
 * does not describe a role on a seat is left out, and a record without changes counts as none, as does everything in a
 * browser that stores nothing.
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
  /** Returns false if the browser refused the draft or it is too large. No older draft is kept then either. */
  readonly write: (draft: StoredDraft) => boolean;
  readonly drop: () => void;
};

/**
 * Larger drafts are not stored: they almost always exceed the size limit, and checking takes longer than the edit
 * itself.
 */
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

/** Normalises a choice to one that the interface offers. */
const choiceOf = (role: RoleChoice['role'], receivesNewClients: boolean): RoleChoice => ({
  role,
  receivesNewClients: receivesNewClients && mayReceiveNewClients(role),
});
