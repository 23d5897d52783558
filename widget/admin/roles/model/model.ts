/**
 * The state of the roles dialog: the list it opened with, the draft over it, what is shown and selected, and how the
 * save went.
 */
import { computed, signal, type ReadonlySignal, type Signal } from '@preact/signals';
import type { VNode } from 'preact';
import type { Chat, RoleList } from '../../../chat/chat.ts';
import { onChannels, seatKey, type Assignment } from '../../../../domain/assignment.ts';
import type { Channel } from '../../../../domain/channel.ts';
import type { Directory } from '../../../../domain/directory.ts';
import type { Employee } from '../../../../domain/employee.ts';
import { groupsOf, type Group } from '../../../../domain/group.ts';
import type { Role } from '../../../../domain/role.ts';
import { warningsOn, type Warning } from '../../../../domain/warnings.ts';
import type { Failure } from '../../../http/failure.ts';
import type { Labels } from '../../../words/names.ts';
import { withNewClientsFor, withRoleFor } from '../rules/across.ts';
import { assignmentsOf, draftOver, type Change } from '../rules/draft.ts';
import { createEditing, type EditingModel } from './editing.ts';
import type { DraftStore } from './draft-store.ts';
import { createFinding, type Finding } from './finding.ts';
import { createReview, type ReviewModel } from './reviewing.ts';
import { rowsOf, type Row } from '../rules/rows.ts';
import type { Saved } from './save.ts';
import { createSaving, type SavingModel } from './saving.ts';

/** All employees who can get a role, or the progress of loading them. */
export type Staff =
  | {
      readonly kind: 'loading';
      /** `null` if unknown. */
      readonly of: number | null;
      /** The people loaded so far, in this order. */
      readonly directory: Directory;
      readonly labels: Labels['people'];
    }
  | { readonly kind: 'failed'; readonly failure: Failure }
  | {
      readonly kind: 'ready';
      readonly employees: readonly Employee[];
      readonly directory: Directory;
      /** How many further employees this version could not read. */
      readonly notUnderstood: number;
      readonly labels: Labels['people'];
    };

/** One channel by its id, or all channels. */
export type Scope = 'all' | (string & {});

export type RolesModel = Omit<EditingModel, 'moveOver' | 'resume'> &
  SavingModel & {
    readonly channels: readonly Channel[];
    readonly me: string;
    readonly scope: Signal<Scope>;
    /** The channels that an edit affects. */
    readonly channelIds: ReadonlySignal<readonly string[]>;
    readonly staff: ReadonlySignal<Staff>;
    /** Whether all employees have arrived. Save and everything that concerns all of them wait for that. */
    readonly isComplete: ReadonlySignal<boolean>;
    readonly rows: ReadonlySignal<readonly Row[]>;
    readonly groups: ReadonlySignal<readonly Group[]>;
    /** Roles on existing channels, including edits. */
    readonly existing: ReadonlySignal<readonly Assignment[]>;
    /** Ids of the people with such a role. */
    readonly peopleWithRole: ReadonlySignal<ReadonlySet<string>>;
    /** How many people could see a chat but have no role. */
    readonly withoutRole: ReadonlySignal<number>;
    /** The maximum number of people with a role in the chat service. */
    readonly mostPeople: number;
    readonly finding: Finding;
    readonly found: Finding['found'];
    /** Ids of the ticked people. */
    readonly selected: ReadonlySignal<ReadonlySet<string>>;
    /** Whether anyone had a role when the dialog opened. */
    readonly hasRoles: boolean;
    readonly warnings: ReadonlySignal<readonly Warning[]>;
    readonly writable: boolean;
    /** How many rows of the latest list this version could not read. They are written back unchanged. */
    readonly rolesNotUnderstood: ReadonlySignal<number>;
    readonly newcomerRole: (employee: Employee) => Role | null;
    readonly look: ReviewModel;
    /** The address of the CRM's list of a person's contacts. */
    readonly contactsOf: (employeeId: string) => string;
    /** Affects the shown channels, or those of one scope. */
    readonly setRole: (employeeIds: readonly string[], role: Role | null, scope?: Scope) => void;
    readonly setReceivesNewClients: (employeeIds: readonly string[], on: boolean, scope?: Scope) => void;
    /** The channels of a scope. */
    readonly channelsOf: (scope?: Scope) => readonly string[];
    readonly refresh: DialogRefresh;
    /** The language of the person. */
    readonly locale: string;
    readonly now: () => number;
    /** How many of the offered edits concern channels or people that no longer exist. They cannot be restored. */
    readonly lostOfOffer: ReadonlySignal<number>;
    readonly resume: () => void;
    readonly note: (() => VNode) | undefined;
  };

/** The panel's own refresh: it brings new people and does not change the draft. */
export type DialogRefresh = {
  readonly run: () => Promise<void>;
  readonly isRunning: ReadonlySignal<boolean>;
  /** Its progress and result. */
  readonly report: () => VNode;
};

export type RolesGiven = {
  readonly chat: Chat;
  readonly channels: readonly Channel[];
  /** Whether all channels could be read. */
  readonly areAllKnown: boolean;
  readonly list: RoleList;
  readonly staff: ReadonlySignal<Staff>;
  readonly refresh: DialogRefresh;
  /** The channel to open on; all channels if absent. */
  readonly scope?: string | undefined;
  /** The id of the admin using the dialog. */
  readonly me: string;
  readonly standInOwners: readonly string[];
  /** Ids of everyone who existed when roles were last saved; `null` if unknown. */
  readonly knownBefore: ReadonlySet<string> | null;
  readonly newcomerRole: (groupId: string) => Role | null;
  readonly contactsOf: (employeeId: string) => string;
  readonly drafts: DraftStore;
  /** Whether the admin asked for the stored edits. */
  readonly resume: boolean;
  /** Explains the edits that the dialog opens with. */
  readonly note?: () => VNode;
  readonly locale: string;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Called with each newer list, whoever wrote it. */
  readonly onList: (list: RoleList) => void;
  readonly onSaved: (list: RoleList, saved: Saved) => void;
};

export function createRolesModel(given: RolesGiven): RolesModel {
  const { channels, standInOwners, staff, list } = given;
  const allIds = channels.map(channel => channel.id);
  const scope = signal<Scope>(given.scope ?? (channels.length === 1 ? (allIds[0] ?? 'all') : 'all'));
  const channelIds = computed(() => channelsOf(scope.value));
  const channelsOf = (one: Scope = scope.value): readonly string[] => (one === 'all' ? allIds : [one]);
  const isComplete = computed(() => staff.value.kind === 'ready');
  const employees = computed(() => employeesIn(staff.value));

  const { moveOver, resume, ...editing } = createEditing({
    ...given,
    assignments: list.assignments,
    mayEdit: () => list.writable && saving.saving.value.kind !== 'saving',
  });
  const look = createReview({
    draft: editing.draft,
    edit: editing.edit,
    staffing: () => ({ channels, employees: employees.value, me: given.me }),
  });
  const rolesNotUnderstood = signal(list.notUnderstood);
  const saving = createSaving({
    ...given,
    onList(latest) {
      rolesNotUnderstood.value = latest.notUnderstood;
      given.onList(latest);
    },
    look,
    editing: { ...editing, moveOver },
    employees: () => (staff.value.kind === 'ready' ? staff.value.employees : null),
  });
  const { draft, edit } = editing;
  const base = computed(() => draft.value.base);
  /** Leaves out roles on channels that no longer exist. */
  const existingOf = (some: readonly Assignment[]) => onChannels(some, channels, given.areAllKnown);
  const saved = computed(() => draftOver(existingOf([...base.value.values()])));
  const current = computed(() => assignmentsOf(draft.value));
  const existing = computed(() => existingOf(current.value));
  const peopleWithRole = computed(() => new Set(existing.value.map(one => one.employeeId)));
  const rows = computed(() => {
    const directory = staff.value.kind === 'failed' ? [] : staff.value.directory;
    const all = rowsOf(directory, saved.value, standInOwners, given.knownBefore);
    // While people are loading, a person with a role who has not arrived yet is not a stranger.
    return staff.value.kind === 'loading' ? all.filter(({ kind }) => kind !== 'stranger') : all;
  });
  const finding = createFinding({ rows, draft, shownChannelIds: channelIds, channelIds: allIds });
  /** Edits must not reach people who are not visible in the rows. */
  const shownIds = computed(() => new Set(rows.value.map(row => row.employee.id)));
  const isShown = ({ seat }: Change): boolean =>
    allIds.includes(seat.channelId) ? shownIds.value.has(seat.employeeId) : base.value.has(seatKey(seat));
  const lostOfOffer = computed(
    () => editing.offer.value?.changes.filter(change => !isShown(change)).length ?? 0,
  );
  // If edits are lost, the admin is asked again, because they must learn of it.
  if (given.resume && lostOfOffer.value === 0) resume(isShown);
  return {
    ...editing,
    ...saving,
    channels,
    me: given.me,
    scope,
    channelIds,
    staff,
    isComplete,
    rows,
    groups: computed(() => groupsOf(employees.value, given.locale)),
    existing,
    peopleWithRole,
    withoutRole: computed(
      () => rows.value.filter(row => row.isStaff && !peopleWithRole.value.has(row.employee.id)).length,
    ),
    mostPeople: given.chat.mostPeople,
    finding,
    found: finding.found,
    selected: finding.selected,
    hasRoles: saved.value.base.size > 0,
    warnings: computed(() =>
      isComplete.value
        ? warningsOn(current.value, {
            channels,
            existing: existing.value,
            employees: employees.value,
          })
        : [],
    ),
    writable: list.writable,
    rolesNotUnderstood,
    newcomerRole: ({ groupId }) => given.newcomerRole(groupId),
    look,
    contactsOf: given.contactsOf,
    locale: given.locale,
    now: given.now,
    channelsOf,
    setRole: (employeeIds, role, on) =>
      edit(now => withRoleFor(now, { channelIds: channelsOf(on), employeeIds }, role)),
    setReceivesNewClients: (employeeIds, turned, on) =>
      edit(now => withNewClientsFor(now, { channelIds: channelsOf(on), employeeIds }, turned)),
    refresh: given.refresh,
    lostOfOffer,
    resume: () => resume(isShown),
    note: given.note,
  };
}

function employeesIn(staff: Staff): readonly Employee[] {
  switch (staff.kind) {
    case 'loading':
      return staff.directory.map(({ employee }) => employee);
    case 'ready':
      return staff.employees;
    case 'failed':
      return [];
  }
}
