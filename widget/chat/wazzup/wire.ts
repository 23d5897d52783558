/**
 * Wazzup's own words and shapes, and how they become ours. Nothing outside this folder knows them.
 * Trap: its `manager` is our supervisor; what the interface calls «Менеджер» is its `seller`.
 * Sources: Wazzup's API v3 pages; the shape of /settings is the one its independent clients use (unverified).
 */
import { array, boolean, nullish, optional, picklist, string, union, type InferOutput } from 'valibot';
import { object } from '../../http/object.ts';
import type { Assignment } from '../../domain/assignment.ts';
import type { Channel, Messenger } from '../../domain/channel.ts';
import type { Role } from '../../domain/role.ts';
import type { KnownContact, KnownDeal } from '../chat.ts';

const WIRE_ROLES = ['seller', 'manager', 'auditor'] as const;
type WireRole = (typeof WIRE_ROLES)[number];

const ROLE_OF: Readonly<Record<WireRole, Role>> = {
  seller: 'seller',
  manager: 'supervisor',
  auditor: 'auditor',
};
const WIRE_ROLE_OF: Readonly<Record<Role, WireRole>> = {
  seller: 'seller',
  supervisor: 'manager',
  auditor: 'auditor',
};

/** An unknown role makes the whole list unreadable: saving it back could widen or lose somebody's rights. */
export const settings = object({
  pushInputOutputMessageEventsForManagers: optional(boolean(), false),
  userRoles: array(
    object({
      channelId: string(),
      userId: string(),
      role: picklist(WIRE_ROLES),
      allowGetNewClients: optional(boolean(), false),
    }),
  ),
});
type Settings = InferOutput<typeof settings>;

export const assignmentFrom = (one: Settings['userRoles'][number]): Assignment => ({
  channelId: one.channelId,
  employeeId: one.userId,
  role: ROLE_OF[one.role],
  receivesNewClients: one.allowGetNewClients,
});

export const settingsTo = (assignments: readonly Assignment[], notifySupervisors: boolean): Settings => ({
  pushInputOutputMessageEventsForManagers: notifySupervisors,
  userRoles: assignments.map(one => ({
    channelId: one.channelId,
    userId: one.employeeId,
    role: WIRE_ROLE_OF[one.role],
    allowGetNewClients: one.receivesNewClients,
  })),
});

export const channelList = array(
  object({
    channelId: string(),
    transport: string(),
    plainId: nullish(string()),
    state: string(),
    name: nullish(string()),
  }),
);
type WireChannel = InferOutput<typeof channelList>[number];

/** Compared in lower case: the service writes some of them both ways. */
const STATES: ReadonlyMap<string, Channel['state']> = new Map([
  ['active', 'active'],
  ['init', 'starting'],
  ['onmoderation', 'starting'],
  ['disabled', 'disconnected'],
  ['phoneunavailable', 'disconnected'],
  ['qridle', 'disconnected'],
  ['qr', 'disconnected'],
  ['openelsewhere', 'disconnected'],
  ['foreignphone', 'disconnected'],
  ['unauthorized', 'disconnected'],
  ['waitforpassword', 'disconnected'],
  ['waitforcode', 'disconnected'],
  ['notenoughmoney', 'unpaid'],
  ['blocked', 'blocked'],
  ['rejected', 'blocked'],
]);

const MESSENGER_OF: ReadonlyMap<string, Messenger> = new Map([
  ['whatsapp', 'whatsapp'],
  ['wapi', 'waba'],
  ['instagram', 'instagram'],
  ['tgapi', 'telegram'],
  ['telegram', 'telegram-bot'],
  ['max', 'max'],
  ['maxbot', 'max-bot'],
  ['vk', 'vk'],
  ['avito', 'avito'],
  ['viber', 'viber'],
]);

export const channelFrom = (channel: WireChannel): Channel => ({
  id: channel.channelId,
  name: channel.name || channel.plainId || channel.channelId,
  messenger: MESSENGER_OF.get(channel.transport.toLowerCase()) ?? 'other',
  state: STATES.get(channel.state.toLowerCase()) ?? 'unknown',
});

const personList = array(object({ id: string(), name: nullish(string()) }));

/** A plain list; by an older revision of the service's pages, a list within an envelope. */
export const peopleList = union([personList, object({ data: personList })]);

export const peopleFrom = (
  list: InferOutput<typeof peopleList>,
): readonly { readonly id: string; readonly name: string }[] =>
  ('data' in list ? list.data : list).map(({ id, name }) => ({ id, name: name ?? '' }));

const LONGEST_PIPELINE_NAME = 100;

/** An empty list of stages is refused; a pipeline without stages has none at all. */
export const pipelineTo = ({
  id,
  name,
  stages,
}: {
  readonly id: string;
  readonly name: string;
  readonly stages: readonly { readonly id: string; readonly name: string }[];
}): object => ({
  id,
  name: name.slice(0, LONGEST_PIPELINE_NAME) || id,
  ...(stages.length > 0 ? { stages } : {}),
});

export const contactRecord = object({
  id: string(),
  responsibleUserId: string(),
  name: string(),
  contactData: array(
    object({
      chatType: string(),
      chatId: nullish(string()),
      username: nullish(string()),
      phone: nullish(string()),
    }),
  ),
  uri: optional(string(), ''),
});
type WireContact = InferOutput<typeof contactRecord>;

export const contactFrom = (contact: WireContact): KnownContact => ({
  id: contact.id,
  name: contact.name,
  ownerId: contact.responsibleUserId,
  identities: contact.contactData.map(({ chatType, chatId, username, phone }) => ({
    messenger: chatType,
    id: chatId ?? '',
    ...(username ? { username } : {}),
    ...(phone ? { phone } : {}),
  })),
  address: contact.uri,
});

/** The service cuts nothing itself: it refuses names over 200 characters. */
const LONGEST_NAME = 200;
const LONGEST_ADDRESS = 200;
const MOST_CONTACTS_OF_A_DEAL = 10;

export const contactTo = (contact: KnownContact): object => ({
  id: contact.id,
  responsibleUserId: contact.ownerId,
  name: contact.name.slice(0, LONGEST_NAME) || contact.id,
  // Telegram and MAX take a phone or a user name where no id is known yet.
  contactData: contact.identities.map(({ messenger, id, ...others }) => ({
    chatType: messenger,
    ...(id === '' ? {} : { chatId: id }),
    ...others,
  })),
  ...(contact.address && contact.address.length <= LONGEST_ADDRESS ? { uri: contact.address } : {}),
});

/** Everything is required here. An address that is too long is cut: a broken link is worth less than the chat's right owner. */
export const dealTo = (deal: KnownDeal): object => ({
  id: deal.id,
  responsibleUserId: deal.ownerId,
  name: deal.name.slice(0, LONGEST_NAME) || deal.id,
  uri: deal.address.slice(0, LONGEST_ADDRESS),
  contacts: deal.contactIds.slice(0, MOST_CONTACTS_OF_A_DEAL),
  closed: !deal.isOpen,
});

export const dealRecord = object({
  id: string(),
  responsibleUserId: string(),
  name: nullish(string()),
  uri: nullish(string()),
  contacts: array(string()),
  closed: boolean(),
});

export const dealFrom = (deal: InferOutput<typeof dealRecord>): KnownDeal => ({
  id: deal.id,
  name: deal.name ?? '',
  ownerId: deal.responsibleUserId,
  contactIds: deal.contacts,
  isOpen: !deal.closed,
  address: deal.uri ?? '',
});

/** Error bodies come in three shapes, or not at all. */
export const problem = object({ error: optional(string()) });
export const nestedProblem = object({ error: object({ code: string() }) });
