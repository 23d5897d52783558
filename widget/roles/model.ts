/** The roles dialog's state: the list it opened with, the draft over it, what is shown and chosen, and how the save went. */
import { batch, computed, signal, type ReadonlySignal, type Signal } from '@preact/signals';
import type { VNode } from 'preact';
import type { Chat, RoleList } from '../chat/chat.ts';
import type { Seat } from '../domain/assignment.ts';
import type { Channel } from '../domain/channel.ts';
import type { Employee } from '../domain/employee.ts';
import type { Role } from '../domain/role.ts';
import { warningsOn, type Warning } from '../domain/warnings.ts';
import { asFailure, type Failure } from '../http/failure.ts';
import { withNewClientsFor, withRoleFor } from './across.ts';
import { createClientCount, type ClientCountModel } from './client-count.ts';
import { assignmentsOf, draftOver, rebased, type Draft } from './draft.ts';
import { foundAmong, rowsOf, type Row } from './rows.ts';
import { saveRoles, type SaveOutcome } from './save.ts';
import { silencedBy } from './silenced.ts';

/** Everybody who can get a role, or how far we are with asking for them. */
export type Staff =
  | { readonly kind: 'loading'; readonly loaded: number }
  | { readonly kind: 'failed'; readonly failure: Failure }
  | { readonly kind: 'ready'; readonly employees: readonly Employee[] };

export type Saving =
  | { readonly kind: 'idle' }
  /** The save would leave channels without anybody who may answer: it waits for a loud yes. */
  | { readonly kind: 'asking'; readonly silenced: readonly Channel[] }
  | { readonly kind: 'saving' }
  | Exclude<SaveOutcome, { kind: 'saved' }>
  /** The latest list could not be fetched; the draft stands as it was. */
  | { readonly kind: 'not-refreshed'; readonly failure: Failure };

/** One channel by its id, or all of them at once. */
export type Scope = 'all' | (string & {});

export type RolesModel = {
  readonly channels: readonly Channel[];
  readonly me: string;
  readonly standInOwners: readonly string[];
  readonly scope: Signal<Scope>;
  /** The channels that an edit reaches. */
  readonly channelIds: ReadonlySignal<readonly string[]>;
  readonly sought: Signal<string>;
  readonly staff: ReadonlySignal<Staff>;
  readonly rows: ReadonlySignal<readonly Row[]>;
  readonly found: ReadonlySignal<readonly Row[]>;
  readonly selected: Signal<ReadonlySet<string>>;
  readonly draft: ReadonlySignal<Draft>;
  /** Whether anybody had a role when the dialog opened. */
  readonly hasRoles: boolean;
  readonly warnings: ReadonlySignal<readonly Warning[]>;
  readonly saving: ReadonlySignal<Saving>;
  readonly writable: boolean;
  readonly touchedByBoth: ReadonlySignal<readonly Seat[]>;
  readonly newcomerRole: (employee: Employee) => Role | null;
  readonly clients: ClientCountModel;
  /** Where the CRM lists somebody's contacts. */
  readonly contactsOf: (employeeId: string) => string;
  readonly setRole: (employeeIds: readonly string[], role: Role | null) => void;
  readonly setReceivesNewClients: (employeeIds: readonly string[], on: boolean) => void;
  /** Any other edit. Nothing happens while a save is under way or the list cannot be written. */
  readonly edit: (change: (draft: Draft) => Draft) => void;
  readonly refresh: DialogRefresh;
  readonly save: (yes?: 'although-silenced') => Promise<void>;
  readonly back: () => void;
  /** After a save by somebody else: his list, with my edits over it. */
  readonly takeTheirs: () => Promise<void>;
};

/** The panel's own refresh: it brings new people and leaves the draft alone. */
export type DialogRefresh = {
  readonly run: () => Promise<void>;
  readonly isRunning: ReadonlySignal<boolean>;
  /** Ids of people whom it found in another group than before. */
  readonly moved: ReadonlySignal<ReadonlySet<string>>;
  /** How it goes and what it found. */
  readonly report: () => VNode;
};

export type RolesGiven = {
  readonly chat: Chat;
  readonly channels: readonly Channel[];
  readonly list: RoleList;
  readonly staff: ReadonlySignal<Staff>;
  readonly refresh: DialogRefresh;
  /** The channel to open on; otherwise all of them. */
  readonly scope?: string | undefined;
  /** The admin himself. */
  readonly me: string;
  readonly standInOwners: readonly string[];
  readonly newcomerRole: (groupId: string) => Role | null;
  readonly contactsOf: (employeeId: string) => string;
  /** Hears of each newer list, whoever has written it. */
  readonly onList: (list: RoleList) => void;
  readonly onSaved: (list: RoleList) => void;
};

export function createRolesModel(given: RolesGiven): RolesModel {
  const { channels, standInOwners, staff } = given;
  let list = given.list;
  const allIds = channels.map(channel => channel.id);
  const scope = signal<Scope>(given.scope ?? (channels.length === 1 ? (allIds[0] ?? 'all') : 'all'));
  const channelIds = computed(() => (scope.value === 'all' ? allIds : [scope.value]));
  const sought = signal('');
  const selected = signal<ReadonlySet<string>>(new Set());
  const draft = signal(draftOver(list.assignments));
  const base = computed(() => draft.value.base);
  const saving = signal<Saving>({ kind: 'idle' });
  const touchedByBoth = signal<readonly Seat[]>([]);
  const employees = computed(() => (staff.value.kind === 'ready' ? staff.value.employees : []));
  const rows = computed(() => rowsOf(employees.value, { base: base.value }, standInOwners));

  /** The list as it is now, with what I have changed and it does not show yet. */
  const moveOver = (fresh: RoleList, then: Saving): void => {
    const over = rebased(draft.value, fresh.assignments);
    list = fresh;
    given.onList(fresh);
    batch(() => {
      draft.value = over.draft;
      touchedByBoth.value = over.touchedByBoth;
      saving.value = then;
    });
  };
  const write = async (): Promise<void> => {
    saving.value = { kind: 'saving' };
    const outcome = await saveRoles(given.chat, draft.value, list, employees.value);
    switch (outcome.kind) {
      case 'saved':
        moveOver(outcome.list, { kind: 'idle' });
        given.onSaved(outcome.list);
        break;
      case 'differs':
        moveOver(outcome.list, outcome);
        break;
      case 'stale':
      case 'failed':
      case 'unknown':
        saving.value = outcome;
    }
  };
  const model: RolesModel = {
    channels,
    me: given.me,
    standInOwners,
    scope,
    channelIds,
    sought,
    staff,
    rows,
    found: computed(() => foundAmong(rows.value, sought.value.trim())),
    selected,
    draft,
    hasRoles: list.assignments.length > 0,
    warnings: computed(() =>
      warningsOn(assignmentsOf(draft.value), { channels, employees: employees.value, standInOwners }),
    ),
    saving,
    writable: list.writable,
    touchedByBoth,
    newcomerRole: ({ groupId }) => given.newcomerRole(groupId),
    clients: createClientCount(given.chat),
    contactsOf: given.contactsOf,
    setRole: (employeeIds, role) =>
      model.edit(now => withRoleFor(now, { channelIds: channelIds.value, employeeIds }, role)),
    setReceivesNewClients: (employeeIds, on) =>
      model.edit(now => withNewClientsFor(now, { channelIds: channelIds.value, employeeIds }, on)),
    edit(change) {
      if (list.writable && saving.value.kind !== 'saving') draft.value = change(draft.value);
    },
    refresh: given.refresh,
    async save(yes) {
      if (saving.value.kind === 'saving' || staff.value.kind !== 'ready') return;
      const silenced = silencedBy(list.assignments, assignmentsOf(draft.value), channels, employees.value);
      if (silenced.length > 0 && yes !== 'although-silenced') saving.value = { kind: 'asking', silenced };
      else await write();
    },
    back: () => {
      saving.value = { kind: 'idle' };
    },
    async takeTheirs() {
      saving.value = { kind: 'saving' };
      try {
        moveOver(await given.chat.roles(), { kind: 'idle' });
      } catch (thrown) {
        saving.value = { kind: 'not-refreshed', failure: asFailure(thrown) };
      }
    },
  };
  return model;
}
