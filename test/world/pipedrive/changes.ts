/** Changes in a company, published once when they happen. Webhooks and pages are notified from them. */
import type { Clock } from '../clock.ts';
import type { Activity } from './activities.ts';
import type { Deal } from './deals.ts';
import type { Note } from './notes.ts';
import type { Person } from './persons.ts';
import type { User } from './users.ts';

/** The user who acts, and how: on the CRM's own page, or through its API with a token. */
export type Actor = {
  readonly userId: number;
  readonly source?: 'app' | 'api';
  readonly userAgent?: string | null;
  readonly isBulk?: boolean;
};

type Told<Entity extends string, T> = {
  readonly entity: Entity;
  readonly action: 'create' | 'change' | 'delete';
  /** Absent if the record is new. */
  readonly before?: Readonly<T>;
  /** A copy as of that time. */
  readonly record: Readonly<T>;
};
type About =
  | Told<'person', Person>
  | Told<'deal', Deal>
  | Told<'user', User>
  | Told<'note', Note>
  | Told<'activity', Activity>;

export type ChangeDraft = About & {
  readonly actor: Actor;
  /** Set if two records were merged. */
  readonly mergedTo?: number;
  readonly mergedFrom?: number;
};
/** `at` is in milliseconds. */
export type Change = ChangeDraft & { readonly at: number; readonly correlationId: string };

export type Changes = {
  readonly tell: (change: ChangeDraft) => void;
  /** Returns a function that stops listening. */
  readonly listen: (listener: (change: Change) => void) => () => void;
};

export function createChanges(clock: Clock): Changes {
  const listeners = new Set<(change: Change) => void>();
  return {
    tell(draft) {
      const change: Change = {
        ...structuredClone(draft),
        at: clock.now(),
        correlationId: crypto.randomUUID(),
      };
      listeners.forEach(listener => listener(change));
    },
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
