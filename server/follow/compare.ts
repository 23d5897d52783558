/**
 * Holds all clients and deals that the chat service knows against those of the CRM. It compares with the service's own answer,
 * and not with what we believe to have sent.
 */
import type { ChatClients, ChatState } from '../chat/wazzup/clients.ts';
import type { CrmCards } from '../crm/cards.ts';
import type { CrmLists, CrmRecord } from '../crm/lists.ts';
import type { RecordKind } from '../crm/records.ts';
import { numbersIn } from './numbers.ts';

export type Comparison = {
  /** "contact 501": those in the chat service that we told of. */
  readonly ours: readonly string[];
  /** Those of them that differ. */
  readonly differing: readonly string[];
  /** How many of those would be taken out. */
  readonly goes: number;
  /** Of whom the chat service was not told, although somebody works with them and they have a number. */
  readonly unsent: readonly string[];
  /** How many clients with a responsible have no number that could be read. */
  readonly withoutNumber: number;
};

/** Whether nobody works with the clients of this owner. */
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
  const sold = sideOf('deals', dealsThere, deals, { isFree, cards });
  const dealIds = new Set(dealsThere.map(({ id }) => id));
  const told = new Set([...knownThere, ...unsent.map(({ id }) => id)]);
  const unsentDeals = deals.filter(
    one =>
      !dealIds.has(one.id) &&
      one.isOpen &&
      !isFree(one.responsibleId) &&
      one.contactIds.some(id => told.has(id)),
  );
  return {
    ours: [...clients.ours, ...sold.ours],
    differing: [...clients.differing, ...sold.differing],
    goes: clients.goes + sold.goes,
    unsent: [...unsent.map(({ id }) => `contact ${id}`), ...unsentDeals.map(({ id }) => `deal ${id}`)],
    withoutNumber: missing.length - unsent.length,
  };
}

function sideOf(
  kind: RecordKind,
  there: readonly ChatState[],
  records: readonly CrmRecord[],
  { isFree, cards }: { readonly isFree: IsFree; readonly cards: CrmCards },
): Pick<Comparison, 'ours' | 'differing' | 'goes'> {
  const current = new Map(records.map(one => [one.id, one]));
  const ours: string[] = [];
  const differing: string[] = [];
  let goes = 0;
  for (const said of there) {
    // Whoever has another address was told of by somebody else, and is never touched.
    if (!cards.isAddressOf(said.uri, kind, said.id)) continue;
    const name = `${kind === 'contacts' ? 'contact' : 'deal'} ${said.id}`;
    ours.push(name);
    const record = current.get(said.id);
    const isGone = !record || isFree(record.responsibleId);
    if (isGone) goes += 1;
    const isRight =
      record?.responsibleId === said.responsibleUserId &&
      (kind === 'contacts' || !record.isOpen === said.closed);
    if (isGone || !isRight) differing.push(name);
  }
  return { ours, differing, goes };
}
