/**
 * Changes to an account's records, published once when they happen. Hooks and open pages are notified from them. A
 * change contains a copy of the record at that time, because notifications describe that and not its later state.
 */
import type { CrmTask } from './activities.ts';
import type { Clock } from './clock.ts';
import type { CrmCompany } from './companies.ts';
import type { CrmContact } from './contacts.ts';
import type { CrmLead } from './deals.ts';

type Told<Entity extends string, T> = {
  readonly entity: Entity;
  /** Absent if the record is new. */
  readonly before?: Readonly<T>;
  readonly record: Readonly<T>;
};
type About =
  | Told<'contact', CrmContact>
  | Told<'company', CrmCompany>
  | Told<'lead', CrmLead>
  | Told<'task', CrmTask>;

export type ChangeDraft = About & {
  /** The user who made the change; 0 is the CRM itself. */
  readonly actorId: number;
};
/** `at` is in milliseconds. */
export type Change = ChangeDraft & { readonly at: number };

export type Changes = {
  readonly tell: (change: ChangeDraft) => void;
  /** Returns a function that stops listening. */
  readonly listen: (listener: (change: Change) => void) => () => void;
};

export function createChanges(clock: Clock): Changes {
  const listeners = new Set<(change: Change) => void>();
  return {
    tell(draft) {
      const change: Change = { ...structuredClone(draft), at: clock.now() };
      listeners.forEach(listener => listener(change));
    },
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
