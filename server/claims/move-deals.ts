/**
 * Deals that come along with a client. Whose they are is read again before they are moved, because a colleague's deal never
 * moves silently; all at once first, and one by one when one of them is refused, so that it keeps no other.
 */
import type { DealMove } from '../../domain/deal.ts';
import { BATCH, type CrmActing, type CrmDeal } from '../crm/amocrm/acting.ts';
import type { Written } from '../crm/amocrm/feed.ts';
import type { CrmPerson } from '../crm/amocrm/person.ts';
import { CrmUnanswered, whenUnanswered } from '../crm/amocrm/unanswered.ts';
import { bringsUnseen, broughtAlong } from './brought-along.ts';
import type { DealFate, FollowUp, FollowUpOutcome } from './follow-up.ts';
import type { People } from './people.ts';
import { mayAct, mayEditDeal, maySeeDeal } from './rights.ts';
import type { Sending } from './write-once.ts';

export type Moving = Extract<FollowUp, { kind: 'deals' }>;
export type Deciding = Sending & {
  /** The account's, as text. */
  readonly ownSettings: string;
  /** Remembers which deals come along, before any of them moves. */
  readonly decided: (deals: readonly DealMove[]) => Promise<void>;
};

/** So many requests at most, when a batch was refused. */
const MOST_SINGLY = 20;

export async function moveDeals(
  crm: CrmActing,
  people: People,
  moving: Moving,
  trying: Deciding,
): Promise<FollowUpOutcome> {
  const { toId } = moving;
  const mayHaveMoved = trying.sentAt !== null;
  const [person, contact] = await Promise.all([people.person(moving.person), crm.contact(moving.contact)]);
  const isCurrent = contact?.ownerId === moving.whileOwnerId;
  if (!isCurrent && !mayHaveMoved) return { kind: 'void' };
  if (!mayAct(person))
    return { kind: 'refused', deals: (moving.deals ?? []).map(({ id }) => fate(id, null, 'refused')) };

  const shown = async (ids: readonly string[]): Promise<ReadonlyMap<string, CrmDeal>> => {
    const found = new Map<string, CrmDeal>();
    for (const deal of await crm.deals(person.id, ids))
      if (maySeeDeal(person, deal, await people.owner(deal.ownerId, person))) found.set(deal.id, deal);
    return found;
  };
  let moves = moving.deals;
  if (moves === null) {
    const isAsked = contact !== null && isCurrent && bringsUnseen(trying.ownSettings);
    const theirs = isAsked ? [...(await shown(contact.dealIds)).values()] : [];
    moves = await broughtAlong(people, theirs, { ...moving, ownSettings: trying.ownSettings });
    await trying.decided(moves);
  }
  const ids = moves.map(({ id }) => id);
  const before = await shown(ids);
  const due = moves.flatMap(({ id, fromId }) => {
    const deal = before.get(id);
    return isCurrent && deal?.isOpen && deal.ownerId === fromId && fromId !== toId ? deal : [];
  });
  const allowed: CrmDeal[] = [];
  for (const deal of due)
    if (mayEditDeal(person, deal, await people.owner(deal.ownerId, person))) allowed.push(deal);
  if (allowed.length > 0) await trying.sending();
  const sent = await setOwners(crm, person, allowed, toId, shown);

  const isOpenEnded = sent.unanswered !== null || [...sent.written.values()].some(one => one !== 'done');
  const after = isOpenEnded ? await shown(ids).catch(whenUnanswered(before)) : before;
  // Whoever sees their own deals alone does not see those that they gave away.
  const hidden = mayHaveMoved || isOpenEnded ? ids.filter(id => !after.has(id)) : [];
  const given = new Set(
    (await crm.deals(null, hidden).catch(whenUnanswered([]))).filter(isTaken).map(({ id }) => id),
  );
  function isTaken(deal: CrmDeal | undefined): boolean {
    return deal?.isOpen === true && deal.ownerId === toId;
  }
  const refused = new Set(due.filter(deal => !allowed.includes(deal)).map(({ id }) => id));
  const fateOf = (id: string): DealFate => {
    const deal = after.get(id);
    const written = sent.written.get(id);
    if (written === 'done' || isTaken(deal) || given.has(id))
      return { id, name: before.get(id)?.name ?? null, fate: 'moved', owner: toId };
    if (!deal) return fate(id, null, 'missing');
    if (refused.has(id) || written === 'refused') return fate(id, deal, 'refused');
    const isStillDue = due.some(one => one.id === id);
    return fate(id, deal, written === 'failed' || isStillDue ? 'failed' : 'changed');
  };
  const deals = ids.map(fateOf);
  if (sent.unanswered) {
    const mayBeThere = mayHaveMoved || sent.unanswered.mayBeDone || deals.some(one => one.fate === 'moved');
    return { kind: 'later', mayBeThere, afterMs: 0, deals };
  }
  const all = (what: DealFate['fate']): boolean => deals.length > 0 && deals.every(one => one.fate === what);
  return { kind: all('refused') ? 'refused' : all('failed') ? 'failed' : 'done', deals };
}

const fate = (id: string, deal: CrmDeal | null, what: DealFate['fate']): DealFate => ({
  id,
  name: deal?.name ?? null,
  fate: what,
  owner: deal?.ownerId ?? null,
});

type Sent = {
  readonly written: ReadonlyMap<string, Written>;
  /** Where the CRM answered no more. */
  readonly unanswered: CrmUnanswered | null;
};

async function setOwners(
  crm: CrmActing,
  person: CrmPerson,
  deals: readonly CrmDeal[],
  toId: string,
  read: (ids: readonly string[]) => Promise<ReadonlyMap<string, CrmDeal>>,
): Promise<Sent> {
  const written = new Map<string, Written>();
  const send = async (batch: readonly CrmDeal[]): Promise<Written> => {
    const ids = batch.map(({ id }) => id);
    const answer = await crm.setOwners(person.id, ids, toId);
    ids.forEach(id => written.set(id, answer));
    return answer;
  };
  let singly = MOST_SINGLY;
  try {
    for (let at = 0; at < deals.length; at += BATCH) {
      const batch = deals.slice(at, at + BATCH);
      const answer = await send(batch);
      if (answer === 'done' || batch.length === 1) continue;
      // One that was refused may have kept the others, or not.
      const now = await read(batch.map(({ id }) => id));
      const left = batch.filter(({ id, ownerId }) => now.get(id)?.ownerId === ownerId);
      for (const deal of left.slice(0, singly)) await send([deal]);
      singly -= Math.min(singly, left.length);
    }
  } catch (error) {
    if (!(error instanceof CrmUnanswered)) throw error;
    return { written, unanswered: error };
  }
  return { written, unanswered: null };
}
