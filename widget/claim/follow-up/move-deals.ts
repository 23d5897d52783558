/**
 * Deals that come along with a client. Whose they are is read again before they are moved, because a colleague's deal
 * never moves silently; all at once first, and one by one when one of them is refused, so that it keeps no other.
 */
import type { Deal } from '../../../domain/deal.ts';
import { isOneOf } from '../../../domain/one-of.ts';
import type { Contact, HostRecords } from '../../host/host.ts';
import { asFailure, leavesOpen, type Failure } from '../../http/failure.ts';
import type { FollowUp, FollowUpOutcome, MovedDeal } from './follow-up.ts';
import { contactIfShown, tell, type Telling } from './tell.ts';

/** So many requests at most, when a batch was refused. */
const MOST_SINGLY = 20;

type Moving = Extract<FollowUp, { kind: 'deals' }>;
type Fate = MovedDeal['fate'];

/** Throws a `Failure` when nothing was moved because the CRM could not be read. `read`: the contact, read a moment ago. */
export async function moveDeals(telling: Telling, moving: Moving, read?: Contact): Promise<FollowUpOutcome> {
  const { records } = telling;
  const { contactId, toId } = moving;
  const contact = read ?? (await contactIfShown(records, contactId));
  // A client who is hidden from me may be one whom I gave away: the deals tell themselves whether they may move.
  if (contact && contact.ownerId !== moving.whileOwnerId) return { kind: 'void' };
  const ids = moving.deals.map(({ id }) => id);
  const before = await dealsById(records, ids);
  const due = moving.deals.filter(({ id, fromId }) => {
    const deal = before.get(id);
    return deal?.isOpen && deal.ownerId === fromId && fromId !== toId;
  });
  const failures = await setOwners(
    records,
    due.map(({ id }) => id),
    toId,
  );
  const isOpenEnded = [...failures.values()].some(leavesOpen);
  const after = isOpenEnded ? await dealsById(records, ids).catch(() => before) : before;
  const moved = new Set(due.map(({ id }) => id).filter(id => !failures.has(id)));
  const fateOf = (id: string): Fate => {
    const deal = after.get(id);
    if (moved.has(id) || (deal?.isOpen && deal.ownerId === toId)) return { kind: 'moved' };
    const failure = failures.get(id);
    if (failure) return { kind: 'failed', failure };
    return deal ? { kind: 'changed', ownerId: deal.ownerId, isOpen: deal.isOpen } : { kind: 'missing' };
  };
  const deals = ids.map(id => ({ id, name: before.get(id)?.name ?? null, fate: fateOf(id) }));
  const told = deals.flatMap(({ id, fate }) => (fate.kind === 'moved' ? id : []));
  if (told.length === 0) return { kind: 'moved', deals, chat: { kind: 'told', unreadable: [] } };
  const chat = await tell(telling, contactId, told);
  return { kind: 'moved', deals, chat: chat.kind === 'void' ? { kind: 'freed' } : chat };
}

const dealsById = async (records: HostRecords, ids: readonly string[]): Promise<ReadonlyMap<string, Deal>> =>
  new Map((await records.deals(ids)).map(deal => [deal.id, deal]));

/** Why deals were not moved; those that were are left out. */
async function setOwners(
  records: HostRecords,
  ids: readonly string[],
  toId: string,
): Promise<ReadonlyMap<string, Failure>> {
  if (ids.length === 0) return new Map();
  const refused = await setOwner(records, ids, toId);
  if (!refused) return new Map();
  const isAboutOne = isOneOf(refused.code, ['forbidden', 'refused', 'missing']);
  if (!isAboutOne || ids.length === 1) return new Map(ids.map(id => [id, refused]));
  const failures = new Map(ids.slice(MOST_SINGLY).map(id => [id, refused]));
  for (const id of ids.slice(0, MOST_SINGLY)) {
    const failure = await setOwner(records, [id], toId);
    if (failure) failures.set(id, failure);
  }
  return failures;
}

async function setOwner(records: HostRecords, ids: readonly string[], toId: string): Promise<Failure | null> {
  try {
    await records.setDealOwners(ids, toId);
    return null;
  } catch (thrown) {
    return asFailure(thrown);
  }
}
