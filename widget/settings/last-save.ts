/**
 * Who was there when roles were last saved on this computer: whoever came later is new. Ids only, one record for each account
 * and person. A browser that keeps nothing, or a record that somebody has spoilt, counts as "never saved here".
 */
import { array, string, type GenericSchema } from 'valibot';
import { object } from '../http/object.ts';
import { keptRecord } from '../kept-record.ts';

export type LastSave = {
  /** Ids of all employees. */
  readonly employees: readonly string[];
};

const lastSave: GenericSchema<unknown, LastSave> = object({ employees: array(string()) });

export type SaveMemory = {
  readonly read: () => LastSave | null;
  readonly write: (last: LastSave) => void;
};

export const saveMemory = (
  storage: () => Storage,
  { account, person }: { readonly account: string; readonly person: string },
): SaveMemory => keptRecord(storage, `crm-chat-roles:last-save:${account}:v1:${person}`, lastSave);
