/** A world in which every name, text and, where the service does not generate it, id is hostile. */
import { askText } from '../../../widget/seller/colleagues/ask.ts';
import type { ChatChannel } from '../../world/chat.ts';
import type { CrmContact, CrmLead } from '../../world/crm.ts';
import { NOBODY, SELLER_A } from '../../world/people.ts';
import { SALES_CHANNEL, type World } from '../../world/world.ts';
import { CORPUS } from './corpus.ts';

/** The place of a string, as shown on the screen. */
export type Field =
  | 'employee'
  | 'group'
  | 'channel'
  | 'template'
  | 'template text'
  | 'contact'
  | 'deal'
  | 'pipeline'
  | 'stage'
  | 'task'
  | 'note';

/** Adds the place to a string. Keys that every object inherits stay unchanged, because they must match exactly. */
export const inField = (field: Field, { family, text }: (typeof CORPUS)[number]): string =>
  family === 'keys' ? text : `${text}‹${field}›`;

const FIRST_EMPLOYEE = 20_000;
const FIRST_GROUP = 600_000;
const FIRST_PIPELINE = 700_000;
const FIRST_STAGE = 800_000;

const every = <T>(field: Field, make: (text: string, at: number) => T): T[] =>
  CORPUS.map((one, at) => make(inField(field, one), at));

export type Filled = {
  /** Owned by seller A. All others ask seller A for this client. */
  readonly client: CrmContact;
  /** By their position in the corpus. */
  readonly others: readonly CrmContact[];
  /** The deal of all these contacts. */
  readonly deal: CrmLead;
};

/** The widget is already connected. */
export function fill(world: World): Filled {
  fillStaff(world);
  fillChat(world);
  const client = world.clientWrites();
  client.responsibleUserId = SELLER_A;
  client.name = 'The client';
  fillCard(world, client);
  const others = every('contact', (name, at) =>
    world.crm.addContact(name, [`+7915${1_000_000 + at}`], NOBODY),
  );
  const deal = world.crm.addLead(
    'With all',
    others.map(({ id }) => id),
    NOBODY,
  );
  const { integration } = world.crm;
  const own: object = JSON.parse(integration.fields['custom'] ?? '{}');
  integration.fields = { custom: JSON.stringify({ ...own, ...hostileOwn() }) };
  return { client, others, deal };
}

function fillStaff({ crm }: World): void {
  every('group', (name, at) => crm.groups.set(FIRST_GROUP + at, name));
  every('employee', (name, at) =>
    crm.users.set(FIRST_EMPLOYEE + at, {
      id: FIRST_EMPLOYEE + at,
      name,
      email: name,
      isAdmin: false,
      isFree: false,
      isActive: at % 7 !== 0,
      groupId: FIRST_GROUP + at,
      contacts: { view: 'A', edit: at % 5 === 0 ? 'D' : 'A' },
    }),
  );
  every('pipeline', (name, at) =>
    crm.pipelines.push({
      id: FIRST_PIPELINE + at,
      name,
      statuses: every('stage', (stage, one) => ({ id: FIRST_STAGE + one, name: stage })).slice(at, at + 1),
    }),
  );
}

/** Channels and people have arbitrary strings as ids. */
function fillChat({ chat }: World): void {
  chat.channels.push(
    ...every('channel', (name, at): ChatChannel => ({
      channelId: idOf(at),
      transport: 'whatsapp',
      plainId: name,
      state: at % 3 === 0 ? 'active' : name,
      name,
    })),
  );
  chat.channels.push({
    channelId: 'with-templates',
    transport: 'wapi',
    plainId: '79865784459',
    state: 'active',
    name: 'With templates',
  });
  chat.templates.push(
    ...every('template', (name, at) => ({
      templateGuid: `name-${at}`,
      name,
      status: 'approved',
      text: 'Hello',
    })),
    ...every('template text', (text, at) => ({
      templateGuid: templateOf(at),
      name: `Text ${at}`,
      status: 'approved',
      text,
    })),
  );
  const seats = CORPUS.flatMap((_, at) =>
    [idOf(at), SALES_CHANNEL].map(channelId => ({
      channelId,
      userId: at % 4 === 0 ? idOf(at) : String(FIRST_EMPLOYEE + at),
      role: (['seller', 'manager', 'auditor'] as const)[at % 3] ?? 'seller',
      allowGetNewClients: at % 2 === 0,
    })),
  );
  chat.settings = { ...chat.settings, userRoles: [...chat.settings.userRoles, ...seats] };
}

/** The id of the template whose text is this entry of the corpus. */
export const templateOf = (at: number): string => `text-${at}`;

/** Limited to the length of ids. */
const idOf = (at: number): string => CORPUS[at]?.text.slice(0, 100) ?? '';

function fillCard({ crm }: World, client: CrmContact): void {
  const subject = { entityType: 'contacts', entityId: client.id } as const;
  every('deal', (name, at) =>
    Object.assign(crm.addLead(name, [client.id], FIRST_EMPLOYEE + at), {
      pipelineId: FIRST_PIPELINE + at,
      statusId: FIRST_STAGE + at,
    }),
  );
  every('task', (text, at) =>
    crm.writeTask(FIRST_EMPLOYEE + at, {
      ...subject,
      text: askText('Somebody asks', text),
      responsibleUserId: SELLER_A,
      completeTill: 2_000_000_000,
    }),
  );
  every('note', text => crm.addNote(SELLER_A, subject, text));
}

/** What a malicious colleague may have put into the string that the CRM stores for us. */
const hostileOwn = (): object => ({
  standInOwners: [String(NOBODY), ...CORPUS.map((_, at) => idOf(at))],
  claims: { fromColleague: '<img src=x onerror=pwned()>', deals: { __proto__: 'always' }, note: 'yes' },
  channels: {
    groups: Object.fromEntries(CORPUS.map((_, at) => [idOf(at), idOf(at)])),
    people: Object.fromEntries(CORPUS.map((_, at) => [String(FIRST_EMPLOYEE + at), idOf(at)])),
  },
  newcomers: Object.fromEntries(CORPUS.map((_, at) => [idOf(at), idOf(at)])),
});
