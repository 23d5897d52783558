/**
 * Holds all clients and deals that the chat service knows against those of the CRM. It compares with the service's own answer,
 * and not with what we believe to have sent.
 */
import type { ChatClients, ChatState } from '../chat/wazzup/clients.ts';
import { CLOSED } from '../crm/amocrm/clients.ts';
import type { CrmLists, CrmRecord } from '../crm/amocrm/lists.ts';
import { isCardOf } from './client.ts';
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
  isFree,
  country,
}: {
  readonly chat: ChatClients;
  readonly lists: CrmLists;
  readonly isFree: IsFree;
  readonly country: string;
}): Promise<Comparison> {
  const [contactsThere, contacts] = await Promise.all([chat.all('contacts'), lists.records('contacts')]);
  const clients = sideOf('contact', 'contacts', contactsThere, contacts, isFree);
  const knownThere = new Set(contactsThere.map(({ id }) => id));
  const missing = contacts.filter(one => !knownThere.has(one.id) && !isFree(one.responsible_user_id));
  const unsent = missing.filter(({ phones }) => numbersIn(phones, country).length > 0);

  const [dealsThere, deals] = await Promise.all([chat.all('deals'), lists.records('leads')]);
  const sold = sideOf('deal', 'leads', dealsThere, deals, isFree);
  const dealIds = new Set(dealsThere.map(({ id }) => id));
  const told = new Set([...knownThere, ...unsent.map(({ id }) => id)]);
  const unsentDeals = deals.filter(
    one =>
      !dealIds.has(one.id) &&
      !CLOSED.has(one.status_id) &&
      !isFree(one.responsible_user_id) &&
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
  lane: 'contact' | 'deal',
  kind: 'contacts' | 'leads',
  there: readonly ChatState[],
  records: readonly CrmRecord[],
  isFree: IsFree,
): Pick<Comparison, 'ours' | 'differing' | 'goes'> {
  const current = new Map(records.map(one => [one.id, one]));
  const ours: string[] = [];
  const differing: string[] = [];
  let goes = 0;
  for (const said of there) {
    // Whoever has another address was told of by somebody else, and is never touched.
    if (!isCardOf(said.uri, kind, said.id)) continue;
    const name = `${lane} ${said.id}`;
    ours.push(name);
    const record = current.get(said.id);
    const isGone = !record || isFree(record.responsible_user_id);
    if (isGone) goes += 1;
    const isRight =
      record?.responsible_user_id === said.responsibleUserId &&
      (lane === 'contact' || CLOSED.has(record.status_id) === said.closed);
    if (isGone || !isRight) differing.push(name);
  }
  return { ours, differing, goes };
}
