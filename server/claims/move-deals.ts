/**
 * Moves the deals that come along with a client. Their owners are read again first, because a colleague's deal never moves
 * silently.
 */
import type { DealMove } from '../../domain/deal.ts';
import type { CrmActing } from '../crm/acting.ts';
import type { CrmDeal } from '../crm/deal.ts';
import { whenUnanswered } from '../crm/unanswered.ts';
import { alwaysBringsDeals, dealsToBring } from './deals-to-bring.ts';
import type { DealFate, FollowUp, FollowUpOutcome } from './follow-up.ts';
import type { People } from './people.ts';
import { setOwners, type OwnersSet } from './set-owners.ts';
import { arrivalMsLeft, type Sending } from './write-once.ts';

export type Moving = Extract<FollowUp, { kind: 'deals' }>;
export type MoveAttempt = Sending & {
  /** The account's own settings as JSON text. */
  readonly ownSettings: string;
  /** Saves which deals come along. Awaited before any of them moves. */
  readonly saveMoves: (deals: readonly DealMove[]) => Promise<void>;
};

export async function moveDeals(
  crm: CrmActing,
  people: People,
  moving: Moving,
  trying: MoveAttempt,
): Promise<FollowUpOutcome> {
  const { toId, takesBackSentAt } = moving;
  const left = takesBackSentAt === null ? 0 : arrivalMsLeft(takesBackSentAt, trying.now());
  if (left > 0) return { kind: 'later', mayBeThere: false, afterMs: left, deals: [] };
  const mayHaveMoved = trying.sentAt !== null;
  const [person, contact] = await Promise.all([
    people.person(moving.employeeId),
    crm.contact(moving.contactId),
  ]);
  const isCurrent = contact?.ownerId === moving.whileOwnerId;
  if (!isCurrent && !mayHaveMoved) return { kind: 'void' };
  if (!person?.mayAct)
    return { kind: 'refused', deals: (moving.deals ?? []).map(({ id }) => fate(id, null, 'refused')) };

  const shown = async (ids: readonly string[]): Promise<ReadonlyMap<string, CrmDeal>> => {
    const found = new Map<string, CrmDeal>();
    for (const deal of await crm.deals(person.id, ids))
      if (person.maySeeDeal(deal, await people.owner(deal.ownerId, person))) found.set(deal.id, deal);
    return found;
  };
  let moves = moving.deals;
  if (moves === null) {
    const isAsked = contact !== null && isCurrent && alwaysBringsDeals(trying.ownSettings);
    const theirs = isAsked ? [...(await shown(contact.dealIds)).values()] : [];
    moves = await dealsToBring(people, theirs, { ...moving, ownSettings: trying.ownSettings });
    await trying.saveMoves(moves);
  }
  // A page may name any deal, so deals of other clients are refused and nothing about them is returned.
  const isClients = (id: string): boolean => contact?.dealIds.includes(id) ?? true;
  const ids = moves.map(({ id }) => id);
  const before = await shown(ids.filter(isClients));
  const due = moves.flatMap(({ id, fromId }) => {
    const deal = before.get(id);
    return isCurrent && deal?.isOpen && deal.ownerId === fromId && fromId !== toId ? deal : [];
  });
  const allowed: CrmDeal[] = [];
  for (const deal of due)
    if (person.mayEditDeal(deal, await people.owner(deal.ownerId, person))) allowed.push(deal);
  if (allowed.length > 0) await trying.sending();
  const sent = await setOwners(crm, person, allowed, toId, shown);

  const isOpenEnded = sent.unanswered !== null || [...sent.written.values()].some(one => one !== 'done');
  const after = isOpenEnded ? await shown(ids.filter(isClients)).catch(whenUnanswered(before)) : before;
  // A person who sees only their own deals does not see the ones they gave away.
  const hidden = mayHaveMoved || isOpenEnded ? ids.filter(id => isClients(id) && !after.has(id)) : [];
  const unseen = await crm.deals(null, hidden).catch(whenUnanswered([]));
  const isTheirs = ({ isOpen, ownerId }: CrmDeal): boolean => isOpen && ownerId === toId;
  const arrived = new Set([...after.values(), ...unseen].filter(isTheirs).map(({ id }) => id));
  const deals = ids.map((id): DealFate => {
    const deal = after.get(id) ?? null;
    const written = sent.written.get(id);
    if (!isClients(id)) return fate(id, null, 'refused');
    if (written === 'done' || arrived.has(id))
      return { id, name: before.get(id)?.name ?? null, fate: 'moved', owner: toId };
    if (!deal) return fate(id, null, 'missing');
    if (!due.some(one => one.id === id)) return fate(id, deal, 'changed');
    const mayNot = written === 'refused' || !allowed.some(one => one.id === id);
    return fate(id, deal, mayNot ? 'refused' : 'failed');
  });
  return outcomeOf(deals, sent, mayHaveMoved);
}

function outcomeOf(
  deals: readonly DealFate[],
  { unanswered, written }: OwnersSet,
  mayHaveMoved: boolean,
): FollowUpOutcome {
  if (unanswered) {
    const mayBeThere = mayHaveMoved || unanswered.mayBeDone || written.size > 0;
    return { kind: 'later', mayBeThere, afterMs: 0, deals };
  }
  const isAll = (what: DealFate['fate']): boolean =>
    deals.length > 0 && deals.every(one => one.fate === what);
  return { kind: isAll('refused') ? 'refused' : isAll('failed') ? 'failed' : 'done', deals };
}

const fate = (id: string, deal: CrmDeal | null, what: DealFate['fate']): DealFate => ({
  id,
  name: deal?.name ?? null,
  fate: what,
  owner: deal?.ownerId ?? null,
});
