/** The CRM's contacts. Every change is made with the rights of its actor; a change of owner leaves an event. */
import type { Changes } from './changes.ts';
import { seconds, type Clock } from './clock.ts';
import type { EventLog } from './event-log.ts';
import type { May, Refusal } from './rights.ts';
import type { Tag } from './tags.ts';

export type CrmContact = {
  readonly id: number;
  name: string;
  responsibleUserId: number;
  phones: string[];
  emails: string[];
  tags: readonly Tag[];
  /** 0 is the CRM's own robot. */
  createdBy: number;
  updatedBy: number;
  readonly createdAt: number;
  updatedAt: number;
  isDeleted: boolean;
};

export type ContactChange = Partial<
  Pick<CrmContact, 'name' | 'responsibleUserId' | 'phones' | 'emails' | 'tags' | 'createdBy' | 'updatedBy'>
>;

export type Contacts = {
  readonly contacts: Map<number, CrmContact>;
  readonly mayView: (actorId: number, contact: CrmContact) => boolean;
  readonly mayEdit: (actorId: number, contact: CrmContact) => boolean;
  /** The contact as shown to the actor: deleted and hidden contacts are both undefined. */
  readonly contactFor: (actorId: number, contactId: number) => CrmContact | undefined;
  /** Created by the CRM's own robot by default. */
  readonly addContact: (
    name: string,
    phones: string[],
    responsibleUserId: number,
    authorId?: number,
  ) => CrmContact;
  readonly changeContact: (actorId: number, contactId: number, change: ContactChange) => CrmContact | Refusal;
  readonly assignContact: (actorId: number, contactId: number, toId: number) => CrmContact | Refusal;
  readonly deleteContact: (actorId: number, contactId: number) => CrmContact | Refusal;
  /** Restores the contact from the bin, for users who may delete it. */
  readonly restoreContact: (actorId: number, contactId: number) => CrmContact | Refusal;
};

type Account = {
  readonly may: May;
  readonly known: (userId: number) => boolean;
  readonly record: EventLog['record'];
  readonly nextId: () => number;
  readonly tell: Changes['tell'];
};

export function createContacts(clock: Clock, { may, known, record, nextId, tell }: Account): Contacts {
  const contacts = new Map<number, CrmContact>();
  const editable = (actorId: number, contactId: number): CrmContact | Refusal => {
    const contact = made.contactFor(actorId, contactId);
    if (!contact) return 'not-found';
    return made.mayEdit(actorId, contact) ? contact : 'no-rights';
  };

  const written = (actorId: number, contact: CrmContact, change: Partial<CrmContact>): CrmContact => {
    const before = { ...contact };
    Object.assign(contact, change, { updatedAt: seconds(clock) });
    tell({ entity: 'contact', before, record: contact, actorId });
    return contact;
  };

  const made: Contacts = {
    contacts,
    mayView: (actorId, { responsibleUserId: ownerId }) => may(actorId, 'view', { kind: 'contacts', ownerId }),
    mayEdit: (actorId, { responsibleUserId: ownerId }) => may(actorId, 'edit', { kind: 'contacts', ownerId }),
    contactFor(actorId, contactId) {
      const contact = contacts.get(contactId);
      return contact && !contact.isDeleted && made.mayView(actorId, contact) ? contact : undefined;
    },
    addContact(name, phones, responsibleUserId, authorId = 0) {
      const now = seconds(clock);
      const contact: CrmContact = {
        id: nextId(),
        name,
        responsibleUserId,
        phones,
        emails: [],
        tags: [],
        createdBy: authorId,
        updatedBy: authorId,
        createdAt: now,
        updatedAt: now,
        isDeleted: false,
      };
      contacts.set(contact.id, contact);
      tell({ entity: 'contact', record: contact, actorId: authorId });
      return contact;
    },
    changeContact(actorId, contactId, change) {
      const contact = editable(actorId, contactId);
      if (typeof contact === 'string') return contact;
      const { responsibleUserId: before } = contact;
      const { responsibleUserId: after = before } = change;
      if (after !== before && !known(after)) return 'no-such-user';
      if (!changes(contact, change)) return contact;
      if (after !== before) {
        record({ entityType: 'contact', entityId: contact.id, createdBy: actorId, before, after });
      }
      return written(actorId, contact, { updatedBy: actorId, ...change });
    },
    assignContact(actorId, contactId, toId) {
      const contact = editable(actorId, contactId);
      if (typeof contact === 'string') return contact;
      return known(toId)
        ? made.changeContact(actorId, contactId, { responsibleUserId: toId })
        : 'no-such-user';
    },
    deleteContact(actorId, contactId) {
      const contact = editable(actorId, contactId);
      if (typeof contact === 'string') return contact;
      return written(actorId, contact, { isDeleted: true });
    },
    restoreContact(actorId, contactId) {
      const contact = contacts.get(contactId);
      if (!contact?.isDeleted) return 'not-found';
      return made.mayEdit(actorId, contact) ? written(actorId, contact, { isDeleted: false }) : 'no-rights';
    },
  };
  return made;
}

/** Whether the change alters the record. Sending the same values again leaves no trace. */
export const changes = <T extends object>(record: T, change: Partial<T>): boolean =>
  JSON.stringify(record) !== JSON.stringify({ ...record, ...change });
