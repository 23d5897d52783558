/**
 * Claims that were sent and are not settled yet, kept in this browser so that a reload can go on with them: whoever
 * lost a race has to hand the client back, also after their page was reloaded. Ids and a time only.
 */
import { nullable, number, string } from 'valibot';
import { listed } from '../../http/listed.ts';
import { object } from '../../http/object.ts';
import { keptRecord } from '../../kept-record.ts';

export type Intent = {
  readonly contactId: string;
  readonly basedOn: string | null;
  /** From when on the log matters: unix seconds by the CRM's clock. */
  readonly since: number;
};

export type Intents = {
  readonly all: () => readonly Intent[];
  readonly keep: (intent: Intent) => void;
  readonly drop: (contactId: string) => void;
};

/** A claim of a whole list, and some of single cards. */
const MOST = 100;

const intent = object({ contactId: string(), basedOn: nullable(string()), since: number() });

/**
 * A browser that forbids or has filled its storage keeps none: a claim is settled all the same unless it is reloaded.
 * `storage` is asked for each time, because a browser may refuse to hand it out.
 */
export function storedIntents(storage: () => Storage, key: string): Intents {
  const record = keptRecord(storage, key, listed(intent));
  const all = (): readonly Intent[] => record.read()?.items.slice(-MOST) ?? [];
  const write = (intents: readonly Intent[]): void => {
    if (intents.length > 0) record.write(intents.slice(-MOST));
    else record.drop();
  };
  const without = (contactId: string): readonly Intent[] =>
    all().filter(intent => intent.contactId !== contactId);
  return {
    all,
    keep: intent => write([...without(intent.contactId), intent]),
    drop: contactId => write(without(contactId)),
  };
}
