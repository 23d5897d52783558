/**
 * Giving a client to somebody else: by the owner's will, so it is an order and no part of any race. The CRM is read
 * before, so that nobody gives away what is not theirs, and after, so that nothing is told that did not happen.
 */
import type { Assignment } from '../../../domain/assignment.ts';
import type { Employee } from '../../../domain/employee.ts';
import { mayAnswer } from '../../../domain/role.ts';
import type { Contact, HostRecords } from '../../host/host.ts';
import { asFailure, leavesOpen, type Failure } from '../../http/failure.ts';
import type { DealMove } from '../../../domain/deal.ts';
import type { FollowUp } from './follow-up.ts';

export type GiveOutcome =
  | { readonly kind: 'given'; readonly contact: Contact }
  /** Somebody else is responsible: before us, so that nothing was changed, or right after us. */
  | { readonly kind: 'not-mine'; readonly ownerId: string | null }
  | { readonly kind: 'forbidden' }
  | { readonly kind: 'missing' }
  /** Nothing happened. */
  | { readonly kind: 'failed'; readonly failure: Failure }
  /** It may have happened; the CRM could not be asked, or does not show it yet. The same call again is safe. */
  | { readonly kind: 'unknown'; readonly failure: Failure };

export type Gift = {
  readonly contactId: string;
  /** Who has the client now. */
  readonly fromId: string;
  readonly toId: string;
};

/** Never writes twice. `given` also when the client is `toId`'s already. */
export async function give(records: HostRecords, { contactId, fromId, toId }: Gift): Promise<GiveOutcome> {
  let before: Contact;
  try {
    before = await records.contact(contactId);
  } catch (thrown) {
    return refusalOf(asFailure(thrown));
  }
  if (before.ownerId === toId) return { kind: 'given', contact: before };
  if (before.ownerId !== fromId) return { kind: 'not-mine', ownerId: before.ownerId };
  let unanswered: Failure | null = null;
  try {
    await records.setOwner(contactId, toId);
  } catch (thrown) {
    unanswered = asFailure(thrown);
    if (!leavesOpen(unanswered)) return refusalOf(unanswered);
  }
  try {
    const contact = await records.contact(contactId);
    if (contact.ownerId === toId) return { kind: 'given', contact };
    // A write that nobody answered may still arrive, as long as nobody else has changed anything.
    if (unanswered && contact.ownerId === fromId) return { kind: 'unknown', failure: unanswered };
    return { kind: 'not-mine', ownerId: contact.ownerId };
  } catch (thrown) {
    const failure = asFailure(thrown);
    // Whoever may see only their own clients does not see the one whom they gave away.
    return failure.code === 'missing'
      ? { kind: 'given', contact: { ...before, ownerId: toId } }
      : { kind: 'unknown', failure };
  }
}

function refusalOf(failure: Failure): GiveOutcome {
  return failure.code === 'forbidden' || failure.code === 'missing'
    ? { kind: failure.code }
    : { kind: 'failed', failure };
}

/** Working colleagues who may answer on one of the client's channels; on any, while those are not known. */
export function receivers(given: {
  readonly employees: readonly Employee[];
  readonly me: string;
  readonly standInOwners: readonly string[];
  readonly assignments: readonly Assignment[];
  readonly clientChannelIds: readonly string[];
}): readonly Employee[] {
  const { me, standInOwners, clientChannelIds } = given;
  const answering = new Set(
    given.assignments
      .filter(({ role }) => mayAnswer(role))
      .filter(({ channelId }) => clientChannelIds.length === 0 || clientChannelIds.includes(channelId))
      .map(({ employeeId }) => employeeId),
  );
  return given.employees.filter(
    ({ id, active }) => active && id !== me && !standInOwners.includes(id) && answering.has(id),
  );
}

/** What remains to be done once the client was given away. `note`: the whole text, or `null` for none. */
export const afterGift = (
  { contactId, toId }: Gift,
  { deals, note }: { readonly deals: readonly DealMove[]; readonly note: string | null },
): readonly FollowUp[] => [
  { kind: 'chat', contactId, ownerId: toId },
  ...moving(contactId, toId, toId, deals),
  ...(note === null ? [] : [{ kind: 'note', contactId, text: note } as const]),
];

/** The deals' follow-up, when there are any. */
export const moving = (
  contactId: string,
  whileOwnerId: string,
  toId: string,
  deals: readonly DealMove[],
): readonly FollowUp[] =>
  deals.length === 0 ? [] : [{ kind: 'deals', contactId, whileOwnerId, toId, deals }];
