/**
 * One record in this browser's storage; storage.ts lists the keys. A record that is damaged or too large counts as
 * missing, and so does every record in a browser that stores nothing.
 */
import { safeParse, type GenericSchema } from 'valibot';
import { allowed } from './storage.ts';

export type StoredRecord<T> = {
  readonly read: () => T | null;
  /** Returns false if the browser refused the value or it is too large. The previous value then stays. */
  readonly write: (value: unknown) => boolean;
  readonly drop: () => void;
};

/** Out of the five million characters that a browser gives the CRM and all its widgets together. */
const MOST_CHARACTERS = 500_000;

/** `storage` is a function, because a browser may refuse access to it at any time. */
export function storedRecord<T>(
  storage: () => Storage,
  key: string,
  schema: GenericSchema<unknown, T>,
): StoredRecord<T> {
  return {
    read() {
      const text = allowed(() => storage().getItem(key)) ?? '';
      const value: unknown = text.length > MOST_CHARACTERS ? null : allowed(() => JSON.parse(text));
      const { success, output } = safeParse(schema, value);
      return success ? output : null;
    },
    write(value) {
      const text = JSON.stringify(value);
      return text.length <= MOST_CHARACTERS && allowed(() => (storage().setItem(key, text), true)) === true;
    },
    drop: () => void allowed(() => storage().removeItem(key)),
  };
}
