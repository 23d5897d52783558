/**
 * Brings one client or deal in the chat service up to date with the CRM. It reads both sides and writes only what
 * differs, so a hint that is late, repeated or needless does no harm.
 */
import { isBlank } from '../../domain/blank.ts';
import { cut } from '../../domain/cut.ts';
import { ChatUnavailable } from '../chat/wazzup/asking.ts';
import {
  LONGEST,
  MOST_CONTACTS_OF_A_DEAL,
  type ChatClients,
  type ChatContact,
  type ChatDeal,
  type Identity,
} from '../chat/wazzup/clients.ts';
import type { CrmCards } from '../crm/cards.ts';
import type { CrmClients, CrmContact } from '../crm/clients.ts';
import type { Copies, CopyName, Followed } from '../chat/copy.ts';
import { identitiesOf, isKnownBy, keyOf } from './identities.ts';
import { numbersIn, withoutNumber } from './numbers.ts';

export type Sides = {
  readonly accountId: string;
  readonly crm: CrmClients;
  readonly cards: CrmCards;
  readonly chat: ChatClients;
  readonly copies: Copies;
  /** The CRM's origin, which has the cards: https://example.amocrm.ru */
  readonly crmOrigin: string;
  readonly country: string;
  /** Whether all clients are sent, or only those that were sent before. */
  readonly sendsAll: boolean;
  /** Stand-in owners: their clients are free. */
  readonly standInOwners: readonly string[];
  /** Hints these clients and deals, too. */
  readonly hint: (names: readonly string[]) => Promise<void>;
};

export async function followContact(following: Sides, id: string): Promise<Followed> {
  const { accountId, crm, chat, copies, country } = following;
  const name: CopyName = `contact ${id}`;
  const kept = await copies.numbersOf(accountId, name);
  if (!kept && !following.sendsAll) return { kind: 'not-ours' };
  const [now, there] = await Promise.all([crm.contact(id), chat.contact(id)]);
  // Another system has sent this client.
  if (!kept && there && !following.cards.isAddressOf(there.uri, 'contacts', id)) return { kind: 'not-ours' };
  const forget = async (): Promise<void> => {
    if (!there) return;
    await chat.forget('contacts', id);
    confirm((await chat.contact(id)) === null);
  };
  if (!now) {
    await forget();
    return { kind: 'gone' };
  }
  if (await isFree(following, now.responsibleId)) {
    await forget();
    // Free deals are removed with the client.
    const deals = (await now.dealIds()).map((deal): CopyName => `deal ${deal}`);
    await following.hint(await copies.known(accountId, deals));
    return { kind: 'free' };
  }
  const numbers = numbersIn(now.phones, country);
  const notNumbers = withoutNumber(now.phones, country);
  const unknown = numbers.filter(number => !isKnownBy(there, number));
  const transports = unknown.length > 0 ? await chat.transports() : [];
  const contactData = identitiesOf(there, kept?.made ?? [], numbers, transports);
  // The service has no clients without an identity.
  if (contactData.length === 0) {
    await forget();
    return { kind: 'without-number', notNumbers };
  }
  const wanted = {
    id,
    responsibleUserId: now.responsibleId,
    name: isBlank(now.name) ? (numbers[0] ?? id) : cut(now.name, LONGEST),
    contactData,
    uri: there?.uri || following.cards.addressOf(following.crmOrigin, 'contacts', id),
  };
  // A number that the service has learned by itself is not removed.
  const made = numbers.filter(number => kept?.made.includes(number) === true || unknown.includes(number));
  const isRight = there !== null && isSame(there, wanted);
  const before = kept?.made ?? [];
  if (!isRight) {
    // The old numbers stay stored until the service confirms. If this write is lost, the next run removes them.
    const both = [...new Set([...before, ...made])];
    const isNoted = kept !== null && sameSet(before, both) && sameSet(kept.phones, numbers);
    if (!isNoted) await copies.record(accountId, name, { made: both, phones: numbers });
    await chat.tellContact(wanted);
    const after = await chat.contact(id);
    confirm(after !== null && isSame(after, wanted));
    if (both.length > made.length) await copies.record(accountId, name, { made, phones: numbers });
  } else if (!sameSet(kept?.phones ?? [], numbers) || !sameSet(before, made))
    await copies.record(accountId, name, { made, phones: numbers });
  return { kind: 'known', ownerId: now.responsibleId, notNumbers };
}

export async function followDeal(following: Sides, id: string): Promise<Followed> {
  const { accountId, crm, chat, copies } = following;
  const kept = await copies.numbersOf(accountId, `deal ${id}`);
  if (!kept && !following.sendsAll) return { kind: 'not-ours' };
  const [now, there] = await Promise.all([crm.deal(id), chat.deal(id)]);
  if (!kept && (there ? !following.cards.isAddressOf(there.uri, 'deals', id) : now?.isOpen !== true))
    return { kind: 'not-ours' };
  const isNobodys = now !== null && (await isFree(following, now.responsibleId));
  const contacts = now && !isNobodys ? await knownOf(following, now.contactIds) : [];
  // The service accepts a deal only with a client that it knows.
  if (!now || isNobodys || contacts.length === 0) {
    if (there) {
      await chat.forget('deals', id);
      confirm((await chat.deal(id)) === null);
    }
    return { kind: now ? 'free' : 'gone' };
  }
  const closed = !now.isOpen;
  const name = isBlank(now.name) ? id : cut(now.name, LONGEST);
  const isRight = (said: ChatDeal | null): boolean =>
    said?.responsibleUserId === now.responsibleId &&
    said.name === name &&
    said.closed === closed &&
    sameSet(said.contacts ?? [], contacts);
  if (!kept) await copies.adopt(accountId, [`deal ${id}`]);
  if (!isRight(there)) {
    await chat.tellDeal({
      id,
      responsibleUserId: now.responsibleId,
      name,
      uri: there?.uri || following.cards.addressOf(following.crmOrigin, 'deals', id),
      contacts,
      closed,
    });
    confirm(isRight(await chat.deal(id)));
  }
  return { kind: 'known', ownerId: now.responsibleId, notNumbers: [] };
}

/** Throws unless the service shows the change when it is read again. Only then does a page say that it is done. */
function confirm(isKept: boolean): void {
  if (!isKept) throw new ChatUnavailable('The chat service has not kept it', { code: 'SERVICE_UNREADABLE' });
}

/** Those of a deal's clients that we have sent. */
async function knownOf({ accountId, copies }: Sides, ids: readonly string[]): Promise<readonly string[]> {
  const names = await copies.known(
    accountId,
    ids.map(id => `contact ${id}`),
  );
  const known = new Set(names);
  return ids.filter(id => known.has(`contact ${id}`)).slice(0, MOST_CONTACTS_OF_A_DEAL);
}

/** Whether the client is free. Free clients are not in the chat service, and any sales rep may take them. */
const isFree = async (
  { standInOwners, crm }: Sides,
  responsibleId: CrmContact['responsibleId'],
): Promise<boolean> => standInOwners.includes(responsibleId) || !(await crm.works(responsibleId));

const isSame = (
  there: ChatContact,
  wanted: {
    readonly responsibleUserId: string;
    readonly name: string;
    readonly contactData: readonly Identity[];
  },
): boolean =>
  there.responsibleUserId === wanted.responsibleUserId &&
  there.name === wanted.name &&
  sameSet((there.contactData ?? []).map(keyOf), wanted.contactData.map(keyOf));

const sameSet = (left: readonly string[], right: readonly string[]): boolean =>
  left.length === right.length && new Set([...left, ...right]).size === new Set(right).size;
