/**
 * The employees who existed when roles were last saved on this computer. Anyone else is new. Stores only ids, one
 * record per account and person. In a browser that stores nothing, and for a damaged record, roles count as never
 * saved.
 */
import { array, string, type GenericSchema } from 'valibot';
import { object } from '../../http/object.ts';
import { storedRecord } from '../../browser/stored-record.ts';
import { storageKey, type Whose } from '../../browser/storage.ts';

export type LastSave = {
  /** Ids of all employees. */
  readonly employees: readonly string[];
};

const lastSave: GenericSchema<unknown, LastSave> = object({ employees: array(string()) });

export type SaveMemory = {
  readonly read: () => LastSave | null;
  readonly write: (last: LastSave) => void;
};

export const saveMemory = (storage: () => Storage, whose: Whose): SaveMemory =>
  storedRecord(storage, storageKey('last-save', whose), lastSave);
