/**
 * Compares all clients and deals that the chat service knows with those of the CRM. It reads the service's own answer,
 * not our records of what was sent.
 */
import type { ChatClients, ChatState } from '../chat/wazzup/clients.ts';
import type { CrmCards } from '../crm/cards.ts';
import type { CrmLists, CrmRecord } from '../crm/lists.ts';
import type { RecordKind } from '../crm/records.ts';
import { numbersIn } from './numbers.ts';

export type Comparison = {
  /** "contact 501": those in the chat service that we have sent. */
  readonly ours: readonly string[];
  /** Those of them that differ. */
  readonly differing: readonly string[];
  /** How many of those would be removed. */
  readonly removed: number;
  /** Those that the chat service does not know, although they are not free and have a number. */
  readonly unsent: readonly string[];
  /** How many clients with a responsible user have no readable number. */
  readonly withoutNumber: number;
};

/** Whether the clients of this owner are free. */
type IsFree = (responsibleId: string) => boolean;

export async function compare({
  chat,
  lists,
  cards,
  isFree,
  country,
}: {
  readonly chat: ChatClients;
  readonly lists: CrmLists;
  readonly cards: CrmCards;
  readonly isFree: IsFree;
  readonly country: string;
}): Promise<Comparison> {
  const [contactsThere, contacts] = await Promise.all([chat.all('contacts'), lists.records('contacts')]);
  const clients = sideOf('contacts', contactsThere, contacts, { isFree, cards });
  const knownThere = new Set(contactsThere.map(({ id }) => id));
  const missing = contacts.filter(one => !knownThere.has(one.id) && !isFree(one.responsibleId));
  const unsent = missing.filter(({ phones }) => numbersIn(phones, country).length > 0);

  const [dealsThere, deals] = await Promise.all([chat.all('deals'), lists.records('deals')]);
  const dealSide = sideOf('deals', dealsThere, deals, { isFree, cards });
  const dealIds = new Set(dealsThere.map(({ id }) => id));
  const knownSoon = new Set([...knownThere, ...unsent.map(({ id }) => id)]);
  const unsentDeals = deals.filter(
    one =>
      !dealIds.has(one.id) &&
      one.isOpen &&
      !isFree(one.responsibleId) &&
      one.contactIds.some(id => knownSoon.has(id)),
  );
  return {
    ours: [...clients.ours, ...dealSide.ours],
    differing: [...clients.differing, ...dealSide.differing],
    removed: clients.removed + dealSide.removed,
    unsent: [...unsent.map(({ id }) => `contact ${id}`), ...unsentDeals.map(({ id }) => `deal ${id}`)],
    withoutNumber: missing.length - unsent.length,
  };
}

function sideOf(
  kind: RecordKind,
  there: readonly ChatState[],
  records: readonly CrmRecord[],
  { isFree, cards }: { readonly isFree: IsFree; readonly cards: CrmCards },
): Pick<Comparison, 'ours' | 'differing' | 'removed'> {
  const current = new Map(records.map(one => [one.id, one]));
  const ours: string[] = [];
  const differing: string[] = [];
  let removed = 0;
  for (const one of there) {
    // A client with another address was sent by another system, and is never touched.
    if (!cards.isAddressOf(one.uri, kind, one.id)) continue;
    const name = `${kind === 'contacts' ? 'contact' : 'deal'} ${one.id}`;
    ours.push(name);
    const record = current.get(one.id);
    const isGone = !record || isFree(record.responsibleId);
    if (isGone) removed += 1;
    const isRight =
      record?.responsibleId === one.responsibleUserId &&
      (kind === 'contacts' || !record.isOpen === one.closed);
    if (isGone || !isRight) differing.push(name);
  }
  return { ours, differing, removed };
}
