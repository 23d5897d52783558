/**
 * Makes what the chat service knows of one client or deal what the CRM says now. It reads both sides and writes only what
 * differs, so a hint that comes late, twice or for nothing does no harm.
 */
import { cut } from '../../domain/cut.ts';
import {
  LONGEST,
  MOST_CONTACTS_OF_A_DEAL,
  type ChatClients,
  type ChatContact,
  type Identity,
} from '../chat/wazzup/clients.ts';
import type { CrmClients, CrmContact } from '../crm/amocrm/clients.ts';
import type { Copies, CopyName } from './copy.ts';
import { numbersIn } from './numbers.ts';

export type Sides = {
  readonly accountId: string;
  readonly crm: CrmClients;
  readonly chat: ChatClients;
  readonly copies: Copies;
  /** Where the CRM shows its cards: https://example.amocrm.ru */
  readonly crmOrigin: string;
  readonly country: string;
  /** Employees who mean "nobody yet". */
  readonly standInOwners: readonly string[];
};

/** What was done at the chat service. */
export type Followed = 'not-ours' | 'right' | 'told' | 'forgotten';

export async function followContact(following: Sides, id: string): Promise<Followed> {
  const { accountId, crm, chat, copies } = following;
  const name: CopyName = `contact ${id}`;
  const toldNumbers = await copies.numbersOf(accountId, name);
  if (!toldNumbers) return 'not-ours';
  const [now, there] = await Promise.all([crm.contact(id), chat.contact(id)]);
  const desired = now && (await isFree(following, now.responsibleId)) ? null : now;
  const numbers = numbersIn(desired?.phones ?? [], following.country);
  const contactData = identitiesOf(there, toldNumbers, numbers);
  // The service knows nobody without an identity.
  if (!desired || contactData.length === 0) {
    if (!there) return 'right';
    await chat.forget('contacts', id);
    return 'forgotten';
  }
  const told = {
    id,
    responsibleUserId: desired.responsibleId,
    name: cut(desired.name, LONGEST) || id,
    contactData,
    uri: there?.uri || `${following.crmOrigin}/contacts/detail/${id}`,
  };
  if (there && isSaid(there, told)) return 'right';
  await copies.told(accountId, name, numbers);
  await chat.tellContact(told);
  return 'told';
}

export async function followDeal(following: Sides, id: string): Promise<Followed> {
  const { accountId, crm, chat, copies } = following;
  if ((await copies.numbersOf(accountId, `deal ${id}`)) === null) return 'not-ours';
  const [now, there] = await Promise.all([crm.lead(id), chat.deal(id)]);
  if (!now || (await isFree(following, now.responsibleId))) {
    if (!there) return 'right';
    await chat.forget('deals', id);
    return 'forgotten';
  }
  const closed = !now.isOpen;
  const name = cut(now.name, LONGEST) || id;
  const contacts = now.contactIds.slice(0, MOST_CONTACTS_OF_A_DEAL);
  const isRight =
    there?.responsibleUserId === now.responsibleId &&
    there.name === name &&
    there.closed === closed &&
    sameSet(there.contacts ?? [], contacts);
  if (isRight) return 'right';
  await chat.tellDeal({
    id,
    responsibleUserId: now.responsibleId,
    name,
    uri: there?.uri || `${following.crmOrigin}/leads/detail/${id}`,
    contacts,
    closed,
  });
  return 'told';
}

/** Nobody works with this client: they are not known to the chat service, and whoever may answer can take them. */
const isFree = async (
  { standInOwners, crm }: Sides,
  responsibleId: CrmContact['responsibleId'],
): Promise<boolean> => standInOwners.includes(responsibleId) || !(await crm.works(responsibleId));

/** What the service knows by itself stays; what was made from a phone goes when the phone leaves the card. */
function identitiesOf(
  there: ChatContact | null,
  toldNumbers: readonly string[],
  numbers: readonly string[],
): readonly Identity[] {
  const gone = new Set(toldNumbers.filter(number => !numbers.includes(number)));
  const stays = (there?.contactData ?? []).filter(
    one => !gone.has(one.chatId ?? '') && !gone.has(one.phone ?? ''),
  );
  const keys = new Set(stays.map(keyOf));
  const added = numbers
    .map(number => ({ chatType: 'whatsapp', chatId: number }))
    .filter(one => !keys.has(keyOf(one)));
  return [...stays, ...added];
}

const keyOf = ({ chatType, chatId = '', username = '', phone = '' }: Identity): string =>
  `${chatType} ${chatId || username || phone}`;

const isSaid = (
  there: ChatContact,
  told: {
    readonly responsibleUserId: string;
    readonly name: string;
    readonly contactData: readonly Identity[];
  },
): boolean =>
  there.responsibleUserId === told.responsibleUserId &&
  there.name === told.name &&
  sameSet((there.contactData ?? []).map(keyOf), told.contactData.map(keyOf));

const sameSet = (left: readonly string[], right: readonly string[]): boolean =>
  left.length === right.length && new Set([...left, ...right]).size === new Set(right).size;
