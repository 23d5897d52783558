/** What colleagues did: since when one of them has the client, and who changed the owner while the card was open, and why. */
import type { Contact, HostRecords, OwnerChange } from '../../../host/host.ts';
import { asFailure } from '../../../http/failure.ts';
import type { Letters } from '../../colleagues/letters.ts';

export type News = {
  /**
   * `claimed`: the new owner took the client. `given`: another person or a robot gave it to the new owner. `put-back`:
   * I saved a card that still showed the former owner.
   */
  readonly kind: 'claimed' | 'given' | 'put-back' | 'changed';
  readonly ownerId: string | null;
  /** `null`: a robot, or unknown. */
  readonly by: string | null;
  /** Unix seconds by the CRM's clock; `null`: unknown. */
  readonly at: number | null;
  readonly why: string;
};

/** The log may lag, and clocks differ. */
const SLACK_SECONDS = 3600;
const YEAR_SECONDS = 366 * 24 * 3600;

/** The last change that made this employee responsible. Ids sort by time. */
const lastChangeTo = (changes: readonly OwnerChange[], ownerId: string | null): OwnerChange | undefined =>
  changes
    .filter(one => one.after === ownerId)
    .sort((one, other) => (one.id < other.id ? -1 : 1))
    .at(-1);

/** Unix seconds by the CRM's clock; `null` if it was before the part of the log that is read. */
export async function ownerSince(
  records: HostRecords,
  { id, ownerId, readAt }: Contact,
  signal: AbortSignal,
): Promise<number | null> {
  const changes = await records.ownerChangesOf([id], readAt - YEAR_SECONDS, signal);
  return lastChangeTo(changes, ownerId)?.at ?? null;
}

/** `openedAt`: milliseconds since the epoch. Never throws: what the log does not show stays unknown. */
export async function newsOf(
  records: HostRecords,
  contact: Contact,
  { me, openedAt, letters }: { readonly me: string; readonly openedAt: number; readonly letters: Letters },
): Promise<News> {
  const since = contact.readAt - Math.ceil((Date.now() - openedAt) / 1000) - SLACK_SECONDS;
  try {
    const last = lastChangeTo(await records.ownerChangesOf([contact.id], since), contact.ownerId);
    if (!last) return { kind: 'changed', ownerId: contact.ownerId, by: null, at: null, why: '' };
    const { by, after, at } = last;
    const kind = by === after ? 'claimed' : by === me && last.before === me ? 'put-back' : 'given';
    return {
      kind,
      ownerId: after,
      by,
      at,
      why: by === me ? '' : await reasonOf(records, contact.id, by, letters),
    };
  } catch (thrown) {
    asFailure(thrown);
    return { kind: 'changed', ownerId: contact.ownerId, by: null, at: null, why: '' };
  }
}

async function reasonOf(
  records: HostRecords,
  contactId: string,
  by: string | null,
  letters: Letters,
): Promise<string> {
  const notes = await records.notes(contactId);
  const note = notes.find(one => one.byId === by);
  return note ? letters.reasonIn(note.text) : '';
}
