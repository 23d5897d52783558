/** What happens in a company, told once as it happens: webhooks and pages are told from it. */
import type { Clock } from '../clock.ts';
import type { Activity } from './activities.ts';
import type { Deal } from './deals.ts';
import type { Note } from './notes.ts';
import type { Person } from './persons.ts';
import type { User } from './users.ts';

/** Whoever does something, and from where: the CRM's own page, or its API with somebody's token. */
export type Actor = {
  readonly userId: number;
  readonly source?: 'app' | 'api';
  readonly userAgent?: string | null;
  readonly isBulk?: boolean;
};

type Told<Entity extends string, T> = {
  readonly entity: Entity;
  readonly action: 'create' | 'change' | 'delete';
  /** Absent: the record is new. */
  readonly before?: Readonly<T>;
  /** As it was then. */
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
  /** Of two records that became one. */
  readonly mergedTo?: number;
  readonly mergedFrom?: number;
};
/** `at` is in milliseconds. */
export type Change = ChangeDraft & { readonly at: number; readonly correlationId: string };

export type Changes = {
  readonly tell: (change: ChangeDraft) => void;
  /** Returns its undo. */
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
