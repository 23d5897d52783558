/**
 * A claim as one request, for a CRM whose page does not write: the client is granted, read and written as the person, and what
 * became of it is noted, one after the other.
 *
 * The same press asked for again writes nothing a second time: that it is about to be written is noted before it is. A process
 * that dies in between leaves a grant with a time to look at it, as a page that dies does.
 */
import { whenUnanswered } from '../crm/unanswered.ts';
import type { CrmTaking, ShownContact } from '../crm/taking.ts';
import type { ClaimAsked, Told } from './claim.ts';
import type { ClaimStore } from './claim-store.ts';

/** The client is granted for thirty seconds; what is sent later than this may arrive after them. */
const WRITE_WITHIN_MILLISECONDS = 10_000;

/**
 * - `written`: it is theirs
 * - `unknown`: the CRM did not answer the write, and nobody could read what became of it
 * - `changed`: somebody else is responsible than the person saw; nothing was written
 * - `held`: a colleague is taking the client just now; `too-many`: this person has asked for too many
 * - `forbidden`: the CRM does not let them; `missing`: it does not show them the client; `refused`: it takes it from nobody
 * - `unreachable`: the CRM cannot be asked now; nothing was written
 */
export type Taken =
  | { readonly kind: 'written' | 'changed'; readonly contact: ShownContact }
  | { readonly kind: 'held'; readonly by: string }
  | { readonly kind: 'unknown' | 'too-many' | 'forbidden' | 'missing' | 'refused' | 'unreachable' };

export type TakingGiven = {
  readonly store: Pick<ClaimStore, 'grant' | 'tell' | 'of'>;
  readonly crm: CrmTaking;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly whose: { readonly accountId: string; readonly employeeId: string };
};

export async function take({ store, crm, now, whose }: TakingGiven, asked: ClaimAsked): Promise<Taken> {
  const { accountId, employeeId } = whose;
  const { contactId, press, base, toId } = asked;
  const read = () => crm.contact(employeeId, contactId);
  const note = (outcome: Told): Promise<void> =>
    store.tell(accountId, employeeId, [{ ...asked, outcome, at: Math.floor(now() / 1000) }], now());
  const stopped = async (taken: Taken): Promise<Taken> => {
    await note('stopped');
    return taken;
  };
  /** After a write that nobody answered, or that an earlier request for this press has begun. */
  async function lookedAt(): Promise<Taken> {
    const contact = await read().catch(whenUnanswered(undefined));
    if (contact?.ownerId !== toId)
      return contact && contact.ownerId !== base ? { kind: 'changed', contact } : UNKNOWN;
    await note('written');
    return { kind: 'written', contact };
  }

  const began = now();
  const [granted] = await store.grant(accountId, employeeId, [asked], began);
  if (granted?.kind === 'held') return { kind: 'held', by: granted.by };
  if (granted?.kind !== 'granted') return { kind: 'too-many' };
  const known = (await store.of(accountId, contactId))?.claims.find(one => one.press === press);
  if (known?.told === 'written' || known?.told === 'unknown') return lookedAt();

  const shown = await read().catch(whenUnanswered(undefined));
  if (shown === undefined) return stopped({ kind: 'unreachable' });
  if (shown === null) return stopped({ kind: 'missing' });
  if (shown.ownerId !== base) return stopped({ kind: 'changed', contact: shown });
  if (now() - began > WRITE_WITHIN_MILLISECONDS) return stopped({ kind: 'unreachable' });
  await note('unknown');
  const written = await crm.setOwner(employeeId, contactId, toId).catch(whenUnanswered(null));
  if (written === null) return lookedAt();
  if (written !== 'done') return stopped({ kind: written === 'refused' ? 'forbidden' : 'refused' });
  await note('written');
  // Whoever gives a client away may not be shown them any more, and that it was done is known without it.
  const after = await read().catch(whenUnanswered(null));
  if (after && after.ownerId !== toId) return { kind: 'changed', contact: after };
  return { kind: 'written', contact: after ?? { ...shown, ownerId: toId } };
}

const UNKNOWN = { kind: 'unknown' } as const;
