/** An account's subscriptions to changes: at most one per address and a hundred in total. Codes are the CRM's own. */
import { seconds, type Clock } from './clock.ts';
import type { Change } from './changes.ts';
import type { Oddities } from './oddities.ts';

export type Hook = {
  readonly id: number;
  readonly destination: string;
  settings: readonly string[];
  sort: number;
  readonly createdBy: number;
  readonly createdAt: number;
  updatedAt: number;
  /** The CRM switched it off; a person can switch it on again. */
  disabled: boolean;
};

export type HookDraft = Pick<Hook, 'destination' | 'settings'> & { readonly sort?: number };

export type Hooks = {
  readonly all: () => readonly Hook[];
  readonly subscribe: (userId: number, draft: HookDraft) => Hook | 'too-many';
  readonly unsubscribe: (destination: string) => boolean;
  /** By hand, in the account's settings. */
  readonly enable: (destination: string) => void;
};

const MOST = 100;

export function createHooks(clock: Clock, oddities: Oddities): Hooks {
  const hooks = new Map<string, Hook>();
  let lastId = 500;
  return {
    all: () => [...hooks.values()],
    subscribe(userId, { destination, settings, sort }) {
      const known = hooks.get(destination);
      const now = seconds(clock);
      if (known) {
        const kept = oddities.hookSettings === 'merged' ? known.settings : [];
        const disabled = known.disabled && !oddities.postEnablesHook;
        return Object.assign(known, {
          settings: [...new Set([...kept, ...settings])],
          sort: sort ?? known.sort,
          updatedAt: now,
          disabled,
        });
      }
      if (hooks.size >= MOST) return 'too-many';
      lastId += 1;
      const hook: Hook = {
        id: lastId,
        destination,
        settings: [...new Set(settings)],
        sort: sort ?? lastId,
        createdBy: userId,
        createdAt: now,
        updatedAt: now,
        disabled: false,
      };
      hooks.set(destination, hook);
      return hook;
    },
    unsubscribe: destination => hooks.delete(destination),
    enable(destination) {
      const hook = hooks.get(destination);
      if (hook) hook.disabled = false;
    },
  };
}

const ENTITIES = ['lead', 'contact', 'company', 'task'] as const;

/** The codes that this world emulates. Any other code of the CRM is refused by name. */
export const EMULATED_CODES: ReadonlySet<string> = new Set([
  ...ENTITIES.flatMap(entity =>
    ['add', 'update', 'delete', 'responsible'].map(action => `${action}_${entity}`),
  ),
  ...['lead', 'contact', 'company'].map(entity => `restore_${entity}`),
  'status_lead',
]);

/** Codes of the CRM's list for things that this world does not have. */
export const KNOWN_CODES: ReadonlySet<string> = new Set([
  ...EMULATED_CODES,
  ...['add', 'update', 'delete', 'responsible', 'note'].map(action => `${action}_customer`),
  ...['lead', 'contact', 'company'].map(entity => `note_${entity}`),
  'add_talk',
  'update_talk',
  'add_chat_template_review',
  'add_message',
  'add_outgoing_message',
]);

/** The CRM's name for a change in a hook. */
export type HookAction = 'add' | 'update' | 'delete' | 'restore' | 'responsible' | 'status';

/**
 * How a hook with these settings reports a change; empty if it does not. A contact's new owner is an update for the
 * CRM, whichever of the two codes was subscribed. It is inferred that a deal's new owner is reported under each code
 * separately, and that tasks are reported like contacts.
 */
export function tellings(change: Change, settings: readonly string[]): readonly HookAction[] {
  const { entity } = change;
  const asked = actionsOf(change).filter(action => settings.includes(`${action}_${entity}`));
  return entity === 'lead' || !asked.includes('responsible') ? asked : ['update'];
}

function actionsOf({ entity, before, record }: Change): readonly HookAction[] {
  if (!before) return ['add'];
  if (isGone(before) !== isGone(record)) return [isGone(record) ? 'delete' : 'restore'];
  const isMoved = entity === 'lead' && before.statusId !== record.statusId;
  return [
    ...(before.responsibleUserId === record.responsibleUserId ? [] : ['responsible' as const]),
    ...(isMoved ? ['status' as const] : []),
    'update',
  ];
}

const isGone = (record: object): boolean => 'isDeleted' in record && record.isDeleted === true;
