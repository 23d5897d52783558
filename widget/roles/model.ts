/** The roles dialog's state: the list it opened with, the draft over it, what is shown, and how the save went. */
import { batch, computed, signal, type ReadonlySignal, type Signal } from '@preact/signals';
import type { Chat, RoleList } from '../chat/chat.ts';
import type { Seat } from '../domain/assignment.ts';
import type { Channel } from '../domain/channel.ts';
import { matches, type Employee } from '../domain/employee.ts';
import type { Role } from '../domain/role.ts';
import { asFailure, type Failure } from '../http/failure.ts';
import { draftOver, rebased, withNewClients, withRole, type Draft } from './draft.ts';
import { saveRoles, type SaveOutcome } from './save.ts';

/** Everybody who can get a role, or how far we are with asking for them. */
export type Staff =
  | { readonly kind: 'loading'; readonly loaded: number }
  | { readonly kind: 'failed'; readonly failure: Failure }
  | { readonly kind: 'ready'; readonly employees: readonly Employee[] };

export type Saving =
  | { readonly kind: 'idle' }
  | { readonly kind: 'saving' }
  | Exclude<SaveOutcome, { kind: 'saved' }>
  /** The latest list could not be fetched; the draft stands as it was. */
  | { readonly kind: 'not-refreshed'; readonly failure: Failure };

export type RolesModel = {
  readonly channels: readonly Channel[];
  readonly channelId: Signal<string>;
  readonly sought: Signal<string>;
  readonly staff: ReadonlySignal<Staff>;
  readonly found: ReadonlySignal<readonly Employee[]>;
  readonly draft: ReadonlySignal<Draft>;
  readonly saving: ReadonlySignal<Saving>;
  readonly writable: boolean;
  readonly touchedByBoth: ReadonlySignal<readonly Seat[]>;
  readonly setRole: (employeeId: string, role: Role | null) => void;
  readonly setReceivesNewClients: (employeeId: string, on: boolean) => void;
  readonly refresh: () => Promise<void>;
  readonly save: () => Promise<void>;
  /** After a save by somebody else: his list, with my edits over it. */
  readonly takeTheirs: () => Promise<void>;
};

export function createRolesModel(given: {
  readonly chat: Chat;
  readonly channels: readonly Channel[];
  readonly list: RoleList;
  readonly staff: ReadonlySignal<Staff>;
  readonly refreshStaff: () => Promise<void>;
  readonly onSaved: (list: RoleList) => void;
}): RolesModel {
  let list = given.list;
  const channelId = signal(given.channels[0]?.id ?? '');
  const sought = signal('');
  const draft = signal(draftOver(list.assignments));
  const saving = signal<Saving>({ kind: 'idle' });
  const touchedByBoth = signal<readonly Seat[]>([]);
  const found = computed(() => {
    const staff = given.staff.value;
    return staff.kind === 'ready' ? staff.employees.filter(employee => matches(employee, sought.value)) : [];
  });
  const edit = (change: (draft: Draft, seat: Seat) => Draft, employeeId: string): void => {
    if (list.writable && saving.value.kind !== 'saving') {
      draft.value = change(draft.value, { channelId: channelId.value, employeeId });
    }
  };
  /** The list as it is now, with what I have changed and it does not show yet. */
  const moveOver = (fresh: RoleList, then: Saving): void => {
    const over = rebased(draft.value, fresh.assignments);
    list = fresh;
    batch(() => {
      draft.value = over.draft;
      touchedByBoth.value = over.touchedByBoth;
      saving.value = then;
    });
  };
  return {
    channels: given.channels,
    channelId,
    sought,
    staff: given.staff,
    found,
    draft,
    saving,
    writable: list.writable,
    touchedByBoth,
    setRole: (employeeId, role) => edit((draft, seat) => withRole(draft, seat, role), employeeId),
    setReceivesNewClients: (employeeId, on) =>
      edit((draft, seat) => withNewClients(draft, seat, on), employeeId),
    refresh: given.refreshStaff,
    async save() {
      if (saving.value.kind === 'saving' || given.staff.value.kind !== 'ready') return;
      saving.value = { kind: 'saving' };
      const outcome = await saveRoles(given.chat, draft.value, list, given.staff.value.employees);
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
}
