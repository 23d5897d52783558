/**
 * The CRM account as a store without HTTP: employees with rights, contacts, deals, notes, tasks, the event log and the
 * installed widget. It does not know the chat service. The rules are the CRM's own: everyone acts with their own
 * rights, a contact always has an owner, and a change of owner leaves an event.
 */
import {
  createActivities,
  type CrmNote,
  type CrmTask,
  type Subject,
  type TaskChange,
  type TaskDraft,
} from './activities.ts';
import { createCalls, type Calls } from './calls.ts';
import { createChanges, type Changes } from './changes.ts';
import { seconds, type Clock } from './clock.ts';
import { createCompanies, type Companies } from './companies.ts';
import { createContacts, type Contacts } from './contacts.ts';
import type { Carry } from './courier.ts';
import { createDeals, type CrmPipeline, type Deals } from './deals.ts';
import { createDeliveries, type Deliveries, type HookContent } from './deliveries.ts';
import { createEventLog, type OwnerChange } from './event-log.ts';
import { createHooks, type Hooks } from './hooks.ts';
import { newIntegration, type Integration } from './integration.ts';
import { createOAuth, type OAuth } from './oauth.ts';
import type { Oddities } from './oddities.ts';
import { pushesOf, type Tell } from './pushes.ts';
import { rightsAmong, type Access, type May, type Refusal, type Rights } from './rights.ts';
import { createTags, type Tags } from './tags.ts';

export type { ContactChange, CrmContact } from './contacts.ts';
export type { CrmLead, CrmPipeline, LeadChange } from './deals.ts';
export type { OwnerChange } from './event-log.ts';
export type { Access, Refusal } from './rights.ts';

export type CrmUser = {
  readonly id: number;
  name: string;
  readonly email: string;
  isAdmin: boolean;
  isFree: boolean;
  isActive: boolean;
  /** 0 is the group that every account has. */
  groupId: number;
  contacts: Rights;
  /** Absent: the same as the rights to contacts. */
  leads?: Rights;
  /** Whose tasks they may change. Absent: all that they can see. */
  tasks?: Access;
  /** As entered in their profile. */
  phone?: string;
};

export type CrmAccount = {
  readonly id: number;
  subdomain: string;
  readonly name: string;
  /** The domain under which the vendor hosts it: `amocrm.ru`, `amocrm.com` or `kommo.com`. */
  readonly zone: string;
  origin: string;
  /** A paid option. Without it, `filter[…]` of contacts and deals is ignored and all records are returned. */
  filtersLists: boolean;
  /** Whole seconds. */
  readonly createdAt: number;
  /** Smaller plans have no hooks. */
  sendsHooks: boolean;
};

export type Crm = Deals &
  Contacts &
  Companies & {
    readonly account: CrmAccount;
    readonly groups: Map<number, string>;
    readonly tags: Tags;
    readonly users: Map<number, CrmUser>;
    readonly pipelines: CrmPipeline[];
    readonly ownerChanges: OwnerChange[];
    /** This product's integration, which every account knows. */
    readonly integration: Integration;
    /** All integrations ever installed here, by uuid. */
    readonly integrations: Map<string, Integration>;
    readonly oauth: OAuth;
    readonly hooks: Hooks;
    readonly deliveries: Deliveries;
    readonly changes: Changes;
    readonly calls: Calls;
    readonly notes: CrmNote[];
    readonly tasks: Map<number, CrmTask>;
    /** Employee id by session cookie. */
    readonly sessions: Map<string, number>;
    readonly may: May;
    /** Runs `act` without checking rights. It must be synchronous. */
    readonly unbound: <T>(act: () => T) => T;
    readonly shows: (actorId: number, subject: Subject) => boolean;
    readonly notesOf: (subject: Subject) => CrmNote[];
    /** Written in another person's name if an author is given. */
    readonly addNote: (
      actorId: number,
      subject: Subject,
      text: string,
      authorId?: number,
    ) => CrmNote | 'not-found';
    /** Checks no rights; the caller has done so. */
    readonly writeTask: (authorId: number, draft: TaskDraft) => CrmTask;
    /**
     * Whether the actor can see a task. One without a subject is visible to its author, its responsible person and
     * admins (inferred).
     */
    readonly showsTask: (actorId: number, task: CrmTask) => boolean;
    readonly changeTask: (actorId: number, taskId: number, change: TaskChange) => CrmTask | Refusal;
  };

type Seed = {
  readonly users: readonly CrmUser[];
  readonly groups: ReadonlyMap<number, string>;
  readonly pipelines: readonly CrmPipeline[];
  readonly account: Pick<CrmAccount, 'id' | 'subdomain' | 'name' | 'zone' | 'origin'>;
  readonly audience: string;
  readonly addresses: Pick<Integration, 'redirectUri' | 'disableUri'>;
  readonly oddities: Oddities;
  readonly carry: () => Carry<HookContent> | undefined;
  readonly changed: () => void;
  /** Sends a change to open pages. */
  readonly push: Tell;
};

export function createCrm(clock: Clock, seed: Seed): Crm {
  const users = new Map(seed.users.map(user => [user.id, { ...user, contacts: { ...user.contacts } }]));
  const { oddities, carry, changed } = seed;
  const { ownerChanges, record } = createEventLog(clock, () => oddities.eventLagMs);
  const changes = createChanges(clock);
  changes.listen(change => pushesOf(change).forEach(seed.push));
  const oauth = createOAuth(clock, oddities);
  const { notes, tasks, writeNote, writeTask, changeTask } = createActivities(clock, changes);
  let isUnbound = false;
  const may = rightsAmong(users, {
    isUnbound: () => isUnbound,
    hasFullGrant: userId =>
      oauth.grants.some(({ user, isFull, isRevoked }) => user.id === userId && isFull && !isRevoked),
  });
  let lastId = 40_000;
  const nextId = (): number => {
    lastId += 1;
    return lastId;
  };

  const known = (userId: number): boolean => users.get(userId)?.isActive === true;
  const pipelines = seed.pipelines.map(pipeline => ({ ...pipeline }));
  const shared = { may, known, record, nextId, tell: changes.tell };
  const contacts = createContacts(clock, shared);
  const deals = createDeals(clock, { ...shared, pipelines });
  const integration = newIntegration(seed.audience, seed.addresses);
  const account: CrmAccount = {
    ...seed.account,
    filtersLists: true,
    sendsHooks: true,
    createdAt: seconds(clock),
  };
  const hooks = createHooks(clock, oddities);
  const deliveries = createDeliveries(clock, {
    hooks,
    changes,
    oddities,
    carry,
    changed,
    mayTell: () => account.sendsHooks,
  });

  const crm: Crm = {
    account,
    groups: new Map(seed.groups),
    users,
    tags: createTags(nextId),
    ...contacts,
    ...deals,
    ...createCompanies(clock, changes, nextId),
    pipelines,
    ownerChanges,
    notes,
    tasks,
    integration,
    integrations: new Map([[integration.uuid, integration]]),
    oauth,
    hooks,
    deliveries,
    changes,
    calls: createCalls(clock),
    sessions: new Map(),
    may,
    unbound(act) {
      isUnbound = true;
      try {
        return act();
      } finally {
        isUnbound = false;
      }
    },
    shows: (actorId, { entityType, entityId }) =>
      (entityType === 'contacts' ? crm.contactFor(actorId, entityId) : crm.leadFor(actorId, entityId)) !==
      undefined,
    notesOf: ({ entityType, entityId }) =>
      notes.filter(note => note.entityType === entityType && note.entityId === entityId),
    addNote: (actorId, subject, text, authorId = actorId) =>
      crm.shows(actorId, subject) ? writeNote(authorId, subject, text) : 'not-found',
    writeTask,
    showsTask: (actorId, task) =>
      task.entityType === null
        ? isUnbound ||
          [task.createdBy, task.responsibleUserId].includes(actorId) ||
          users.get(actorId)?.isAdmin === true
        : crm.shows(actorId, task),
    changeTask(actorId, taskId, change) {
      const task = tasks.get(taskId);
      if (!task || !crm.showsTask(actorId, task)) return 'not-found';
      if (!may(actorId, 'edit', { kind: 'tasks', ownerId: task.responsibleUserId })) return 'no-rights';
      return known(change.responsibleUserId ?? task.responsibleUserId)
        ? changeTask(actorId, task, change)
        : 'no-such-user';
    },
  };
  return crm;
}
