/**
 * Claims that were sent and are not settled yet, kept in this browser so that a reload can go on with them: whoever
 * lost a race has to hand the client back, also after his page was reloaded. Ids and a time only.
 */
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

/**
 * A browser that forbids or has filled its storage keeps none: a claim is settled all the same unless it is reloaded.
 * `storage` is asked for each time, because a browser may refuse to hand it out.
 */
export function storedIntents(storage: () => Storage, key: string): Intents {
  const all = (): readonly Intent[] => {
    try {
      const stored: unknown = JSON.parse(storage().getItem(key) ?? '[]');
      return Array.isArray(stored) ? stored.filter(isIntent).slice(-MOST) : [];
    } catch {
      return [];
    }
  };
  const write = (intents: readonly Intent[]): void => {
    try {
      if (intents.length > 0) storage().setItem(key, JSON.stringify(intents.slice(-MOST)));
      else storage().removeItem(key);
    } catch {
      // Full or forbidden.
    }
  };
  const without = (contactId: string): readonly Intent[] =>
    all().filter(intent => intent.contactId !== contactId);
  return {
    all,
    keep: intent => write([...without(intent.contactId), intent]),
    drop: contactId => write(without(contactId)),
  };
}

const isIntent = (value: unknown): value is Intent =>
  typeof value === 'object' &&
  value !== null &&
  'contactId' in value &&
  typeof value.contactId === 'string' &&
  'basedOn' in value &&
  (value.basedOn === null || typeof value.basedOn === 'string') &&
  'since' in value &&
  typeof value.since === 'number';
