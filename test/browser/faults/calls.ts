/**
 * Calls every method of both seams once. The types follow the seams: a new method does not compile without a call here, so it
 * always gets its rows in the matrix.
 */
import type { Chat } from '../../../widget/chat/chat.ts';
import type { HostRecords } from '../../../widget/host/host.ts';

/** The subjects of a call. All of them exist in the world. */
export type Subjects = {
  readonly contact: string;
  readonly deal: string;
  readonly task: string;
  readonly seller: string;
  readonly channel: string;
};

type Methods<Seam> = {
  [Name in keyof Seam as Seam[Name] extends (...given: never) => Promise<unknown> ? Name : never]: Seam[Name];
};
type Calls<Seam> = {
  readonly [Name in keyof Methods<Seam>]: (seam: Seam, about: Subjects) => Promise<unknown>;
};

export const RECORDS_CALLS: Calls<HostRecords> = {
  employees: records => records.employees(),
  pipelines: records => records.pipelines(),
  contact: (records, { contact }) => records.contact(contact),
  contacts: (records, { contact }) => records.contacts([contact]),
  setOwner: (records, { contact, seller }) => records.setOwner(contact, seller),
  setOwners: (records, { contact, seller }) => records.setOwners([contact], seller),
  ownerChangesOf: (records, { contact }) => records.ownerChangesOf([contact], 0),
  dealsOf: (records, { contact, deal }) => records.dealsOf({ id: contact, dealIds: [deal] }),
  deal: (records, { deal }) => records.deal(deal),
  setDealOwners: (records, { deal, seller }) => records.setDealOwners([deal], seller),
  notes: (records, { contact }) => records.notes(contact),
  addTask: (records, { contact, seller }) =>
    records.addTask({ contactId: contact, forId: seller, text: 'A task', dueAt: 1_900_000_000 }),
  tasks: (records, { contact }) => records.tasks(contact),
  completeTask: (records, { task }) => records.completeTask(task, 'Done'),
  proof: records => records.proof(),
};

const IDENTITY = { messenger: 'whatsapp', id: '79160000001' };

export const CHAT_CALLS: Calls<Chat> = {
  channels: chat => chat.channels(),
  roles: chat => chat.roles(),
  async saveRoles(chat, { channel, seller }) {
    const list = await chat.roles();
    const seat = {
      channelId: channel,
      employeeId: seller,
      role: 'auditor',
      receivesNewClients: false,
    } as const;
    return chat.saveRoles({ ...list, assignments: [seat] });
  },
  introduce: (chat, { seller }) => chat.introduce([{ id: seller, name: 'Renamed' }]),
  contact: (chat, { contact }) => chat.contact(contact),
  others: (chat, { contact }) => chat.others(contact),
  changed: (chat, { contact, deal }) => chat.changed(contact, [deal]),
  templates: chat => chat.templates(),
  send: (chat, { channel, seller }) =>
    chat.send({
      channel: { id: channel, name: 'Sales', messenger: 'whatsapp', state: 'active' },
      number: IDENTITY.id,
      content: { text: 'Hello' },
      authorId: seller,
      clientId: 'message-1',
    }),
  windowAddress: chat => chat.windowAddress({ scope: 'global' }),
};
