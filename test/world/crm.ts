/**
 * The CRM account as a store without HTTP: employees with rights, contacts, deals, notes, tasks, the event
 * log and the installed widget. It knows nothing of the chat service. The rules are the CRM's own: everybody
 * acts with his own rights, a contact always has some responsible, and a change of responsible leaves an event.
 */
import {
  createActivities,
  type CrmNote,
  type CrmTask,
  type Subject,
  type TaskChange,
  type TaskDraft,
} from './activities.ts';
import { seconds, type Clock } from './clock.ts';
import { createDeals, type CrmPipeline, type Deals } from './deals.ts';
import { createEventLog, type OwnerChange } from './event-log.ts';
import { newIntegration, type Integration } from './integration.ts';
import { rightsAmong, type Refusal, type Rights } from './rights.ts';

export type { CrmLead, CrmPipeline } from './deals.ts';
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
  /** Absent: the same as to contacts. */
  leads?: Rights;
  /** As he wrote it into his profile. */
  phone?: string;
};

export type CrmContact = {
  readonly id: number;
  name: string;
  responsibleUserId: number;
  phones: string[];
  readonly createdAt: number;
  updatedAt: number;
  isDeleted: boolean;
};

export type Crm = Deals & {
  readonly account: {
    readonly id: number;
    readonly subdomain: string;
    readonly name: string;
    origin: string;
  };
  readonly groups: Map<number, string>;
  readonly users: Map<number, CrmUser>;
  readonly contacts: Map<number, CrmContact>;
  readonly pipelines: CrmPipeline[];
  readonly ownerChanges: OwnerChange[];
  readonly integration: Integration;
  readonly notes: CrmNote[];
  readonly tasks: Map<number, CrmTask>;
  /** Session cookie value → employee. */
  readonly sessions: Map<string, number>;
  readonly mayView: (actorId: number, contact: CrmContact) => boolean;
  readonly mayEdit: (actorId: number, contact: CrmContact) => boolean;
  /** What the actor would be shown: deleted and hidden contacts are absent alike. */
  readonly contactFor: (actorId: number, contactId: number) => CrmContact | undefined;
  readonly shows: (actorId: number, subject: Subject) => boolean;
  readonly addContact: (name: string, phones: string[], responsibleUserId: number) => CrmContact;
  /** Changes the responsible as the actor; leaves an event when it changes anything. */
  readonly assignContact: (actorId: number, contactId: number, toId: number) => CrmContact | Refusal;
  readonly deleteContact: (actorId: number, contactId: number) => CrmContact | Refusal;
  readonly notesOf: (subject: Subject) => CrmNote[];
  readonly addNote: (actorId: number, subject: Subject, text: string) => CrmNote | 'not-found';
  /** Asks for no rights: whoever calls it has looked. */
  readonly writeTask: (authorId: number, draft: TaskDraft) => CrmTask;
  readonly changeTask: (actorId: number, taskId: number, change: TaskChange) => CrmTask | Refusal;
};

type Seed = {
  readonly users: readonly CrmUser[];
  readonly groups: ReadonlyMap<number, string>;
  readonly pipelines: readonly CrmPipeline[];
  readonly origin: string;
  readonly audience: string;
  /** How much later than the write an event may be read, in milliseconds; asked at each write. */
  readonly eventLag: () => number;
};

export function createCrm(clock: Clock, seed: Seed): Crm {
  const users = new Map(seed.users.map(user => [user.id, { ...user, contacts: { ...user.contacts } }]));
  const contacts = new Map<number, CrmContact>();
  const { ownerChanges, record } = createEventLog(clock, seed.eventLag);
  const { notes, tasks, writeNote, writeTask, changeTask } = createActivities(clock);
  const may = rightsAmong(users);
  let lastId = 40_000;
  const nextId = (): number => {
    lastId += 1;
    return lastId;
  };

  const known = (userId: number): boolean => users.get(userId)?.isActive === true;
  const pipelines = seed.pipelines.map(pipeline => ({ ...pipeline }));
  const deals = createDeals(clock, { pipelines, may, known, record, nextId });

  const crm: Crm = {
    account: { id: 31_415_926, subdomain: 'crm', name: 'ООО «Ромашка»', origin: seed.origin },
    groups: new Map(seed.groups),
    users,
    contacts,
    ...deals,
    pipelines,
    ownerChanges,
    notes,
    tasks,
    integration: newIntegration(seed.audience),
    sessions: new Map(),
    mayView: (actorId, { responsibleUserId: ownerId }) => may(actorId, 'view', { kind: 'contacts', ownerId }),
    mayEdit: (actorId, { responsibleUserId: ownerId }) => may(actorId, 'edit', { kind: 'contacts', ownerId }),
    contactFor(actorId, contactId) {
      const contact = contacts.get(contactId);
      return contact && !contact.isDeleted && crm.mayView(actorId, contact) ? contact : undefined;
    },
    shows: (actorId, { entityType, entityId }) =>
      (entityType === 'contacts' ? crm.contactFor(actorId, entityId) : crm.leadFor(actorId, entityId)) !==
      undefined,
    addContact(name, phones, responsibleUserId) {
      const now = seconds(clock);
      const contact = {
        id: nextId(),
        name,
        responsibleUserId,
        phones,
        createdAt: now,
        updatedAt: now,
        isDeleted: false,
      };
      contacts.set(contact.id, contact);
      return contact;
    },
    assignContact(actorId, contactId, toId) {
      const contact = crm.contactFor(actorId, contactId);
      if (!contact) return 'not-found';
      if (!crm.mayEdit(actorId, contact)) return 'no-rights';
      if (!known(toId)) return 'no-such-user';
      if (contact.responsibleUserId === toId) return contact;
      record({
        entityType: 'contact',
        entityId: contact.id,
        createdBy: actorId,
        before: contact.responsibleUserId,
        after: toId,
      });
      contact.responsibleUserId = toId;
      contact.updatedAt = seconds(clock);
      return contact;
    },
    deleteContact(actorId, contactId) {
      const contact = crm.contactFor(actorId, contactId);
      if (!contact) return 'not-found';
      if (!crm.mayEdit(actorId, contact)) return 'no-rights';
      return Object.assign(contact, { isDeleted: true, updatedAt: seconds(clock) });
    },
    notesOf: ({ entityType, entityId }) =>
      notes.filter(note => note.entityType === entityType && note.entityId === entityId),
    addNote: (actorId, subject, text) =>
      crm.shows(actorId, subject) ? writeNote(actorId, subject, text) : 'not-found',
    writeTask,
    changeTask(actorId, taskId, change) {
      const task = tasks.get(taskId);
      if (!task || !crm.shows(actorId, task)) return 'not-found';
      return known(change.responsibleUserId ?? task.responsibleUserId)
        ? changeTask(task, change)
        : 'no-such-user';
    },
  };
  return crm;
}
