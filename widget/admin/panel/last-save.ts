/**
 * Who was there when roles were last saved on this computer: whoever came later is new. Ids only, one record for each account
 * and person. A browser that keeps nothing, or a record that somebody has spoilt, counts as "never saved here".
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
