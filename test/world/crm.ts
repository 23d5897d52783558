/**
 * The CRM account as a store without HTTP: employees with rights, contacts, deals, the event log and the
 * installed widget. It knows nothing of the chat service. The rules are the CRM's own: everybody acts with
 * his own rights, a contact always has some responsible, and a change of responsible leaves an event.
 */
import { seconds, type Clock } from './clock.ts';

/** A: all, G: his group's, M: only where he is responsible, D: denied. */
export type Access = 'A' | 'G' | 'M' | 'D';

export type CrmUser = {
  readonly id: number;
  name: string;
  readonly email: string;
  isAdmin: boolean;
  isFree: boolean;
  isActive: boolean;
  /** 0 is the group that every account has. */
  groupId: number;
  contacts: { view: Access; edit: Access };
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

export type CrmLead = {
  readonly id: number;
  name: string;
  responsibleUserId: number;
  statusId: number;
  readonly pipelineId: number;
  contactIds: number[];
  updatedAt: number;
  closedAt: number | null;
};

export type CrmPipeline = {
  readonly id: number;
  name: string;
  readonly statuses: readonly { readonly id: number; readonly name: string }[];
};

/** The id sorts by time, like the CRM's own. */
export type OwnerChange = {
  readonly id: string;
  readonly entityType: 'contact' | 'lead';
  readonly entityId: number;
  readonly createdBy: number;
  readonly createdAt: number;
  readonly before: number;
  readonly after: number;
};

/** The widget as this account holds it. `fields` is what native Save keeps. */
export type Integration = {
  readonly code: string;
  readonly id: number;
  readonly uuid: string;
  /** Signs the one-time tokens. */
  readonly secret: string;
  /** Scheme and host of the integration's redirect address: the tokens' audience. */
  audience: string;
  /** Of the package that is uploaded: the page asks for scripts with it. */
  version: string;
  status: 'install' | 'installed';
  active: boolean;
  fields: Record<string, string>;
};

export type Refusal = 'not-found' | 'no-rights' | 'no-such-user';

export type Crm = {
  readonly account: {
    readonly id: number;
    readonly subdomain: string;
    readonly name: string;
    origin: string;
  };
  readonly groups: ReadonlyMap<number, string>;
  readonly users: Map<number, CrmUser>;
  readonly contacts: Map<number, CrmContact>;
  readonly leads: Map<number, CrmLead>;
  readonly pipelines: CrmPipeline[];
  readonly ownerChanges: OwnerChange[];
  readonly integration: Integration;
  /** Session cookie value → employee. */
  readonly sessions: Map<string, number>;
  readonly mayView: (actorId: number, contact: CrmContact) => boolean;
  readonly mayEdit: (actorId: number, contact: CrmContact) => boolean;
  /** What the actor would be shown: deleted and hidden contacts are absent alike. */
  readonly contactFor: (actorId: number, contactId: number) => CrmContact | undefined;
  readonly addContact: (name: string, phones: string[], responsibleUserId: number) => CrmContact;
  readonly addLead: (name: string, contactIds: number[], responsibleUserId: number) => CrmLead;
  /** Changes the responsible as the actor; leaves an event when it changes anything. */
  readonly assignContact: (actorId: number, contactId: number, toId: number) => CrmContact | Refusal;
  readonly assignLead: (actorId: number, leadId: number, toId: number) => CrmLead | Refusal;
};

type Seed = {
  readonly users: readonly CrmUser[];
  readonly groups: ReadonlyMap<number, string>;
  readonly pipelines: readonly CrmPipeline[];
  readonly origin: string;
  readonly audience: string;
};

const CROCKFORD = '0123456789abcdefghjkmnpqrstvwxyz';

/** 26 characters that sort by time, then by order of making. */
function ulid(milliseconds: number, order: number): string {
  const digits = (value: number, length: number): string =>
    Array.from({ length }, (_, at) => CROCKFORD[Math.floor(value / 32 ** (length - 1 - at)) % 32]).join('');
  return digits(milliseconds, 10) + digits(order, 16);
}

export function createCrm(clock: Clock, seed: Seed): Crm {
  const users = new Map(seed.users.map(user => [user.id, { ...user, contacts: { ...user.contacts } }]));
  const contacts = new Map<number, CrmContact>();
  const leads = new Map<number, CrmLead>();
  const ownerChanges: OwnerChange[] = [];
  let lastId = 40_000;

  const allows = (access: Access, actor: CrmUser, ownerId: number): boolean => {
    switch (access) {
      case 'A':
        return true;
      case 'G':
        return ownerId === actor.id || users.get(ownerId)?.groupId === actor.groupId;
      case 'M':
        return ownerId === actor.id;
      case 'D':
        return false;
    }
  };
  const may = (right: 'view' | 'edit', actorId: number, ownerId: number): boolean => {
    const actor = users.get(actorId);
    if (!actor?.isActive) return false;
    return actor.isAdmin || allows(actor.contacts[right], actor, ownerId);
  };
  const record = (
    entityType: OwnerChange['entityType'],
    entityId: number,
    by: number,
    before: number,
    after: number,
  ) =>
    ownerChanges.push({
      id: ulid(clock.now(), ownerChanges.length),
      entityType,
      entityId,
      createdBy: by,
      createdAt: seconds(clock),
      before,
      after,
    });
  const known = (userId: number): boolean => users.get(userId)?.isActive === true;

  const crm: Crm = {
    account: { id: 31_415_926, subdomain: 'crm', name: 'ООО «Ромашка»', origin: seed.origin },
    groups: seed.groups,
    users,
    contacts,
    leads,
    pipelines: seed.pipelines.map(pipeline => ({ ...pipeline })),
    ownerChanges,
    integration: {
      code: 'crm_chat_roles',
      id: 4959,
      uuid: '0b0123f4-d123-4123-9123-e09f123456c1',
      secret: 'the integration secret that only the CRM and the gateway know',
      audience: seed.audience,
      version: '1.0.0',
      status: 'install',
      active: false,
      fields: {},
    },
    sessions: new Map(),
    mayView: (actorId, contact) => may('view', actorId, contact.responsibleUserId),
    mayEdit: (actorId, contact) => may('edit', actorId, contact.responsibleUserId),
    contactFor(actorId, contactId) {
      const contact = contacts.get(contactId);
      return contact && !contact.isDeleted && crm.mayView(actorId, contact) ? contact : undefined;
    },
    addContact(name, phones, responsibleUserId) {
      lastId += 1;
      const now = seconds(clock);
      const contact = {
        id: lastId,
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
    addLead(name, contactIds, responsibleUserId) {
      lastId += 1;
      const pipeline = crm.pipelines[0];
      if (!pipeline?.statuses[0]) throw new Error('The world has no pipeline with a status');
      const lead: CrmLead = {
        id: lastId,
        name,
        responsibleUserId,
        statusId: pipeline.statuses[0].id,
        pipelineId: pipeline.id,
        contactIds,
        updatedAt: seconds(clock),
        closedAt: null,
      };
      leads.set(lead.id, lead);
      return lead;
    },
    assignContact(actorId, contactId, toId) {
      const contact = crm.contactFor(actorId, contactId);
      if (!contact) return 'not-found';
      if (!crm.mayEdit(actorId, contact)) return 'no-rights';
      if (!known(toId)) return 'no-such-user';
      if (contact.responsibleUserId === toId) return contact;
      record('contact', contact.id, actorId, contact.responsibleUserId, toId);
      contact.responsibleUserId = toId;
      contact.updatedAt = seconds(clock);
      return contact;
    },
    assignLead(actorId, leadId, toId) {
      const lead = leads.get(leadId);
      if (!lead) return 'not-found';
      if (!may('edit', actorId, lead.responsibleUserId)) return 'no-rights';
      if (!known(toId)) return 'no-such-user';
      if (lead.responsibleUserId === toId) return lead;
      record('lead', lead.id, actorId, lead.responsibleUserId, toId);
      lead.responsibleUserId = toId;
      lead.updatedAt = seconds(clock);
      return lead;
    },
  };
  return crm;
}
