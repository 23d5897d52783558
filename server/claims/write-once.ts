/**
 * Writes notes and tasks, which must not be written twice. After a lost answer the CRM is read first, and nothing is sent
 * again until a request that is still under way would have arrived. A rare double remains possible, because a proxy between
 * us and the CRM may repeat a request.
 */
import { wellFormed } from '../../domain/cut.ts';
import type { Said, Written } from '../crm/feed.ts';
import { CrmUnanswered, whenUnanswered } from '../crm/unanswered.ts';
import { ARRIVAL_MILLISECONDS, type FollowUpOutcome } from './follow-up.ts';

export type Sending = {
  /** When it may have been sent, in milliseconds since the epoch; null: certainly not sent. */
  readonly sentAt: number | null;
  /** Saves that it is being sent. Awaited before the write. */
  readonly sending: () => Promise<void>;
  readonly now: () => number;
};

/** How far the CRM's clock may differ from ours. An older entry with the same text belongs to an earlier claim. */
const CLOCK_SKEW_SECONDS = 300;

/** Throws `CrmUnanswered` when the CRM cannot be read. */
export async function writeOnce(
  { sentAt, sending, now }: Sending,
  {
    text,
    read,
    whyNot,
    write,
  }: {
    readonly text: string;
    /** The entries of its kind that are there now. */
    readonly read: () => Promise<readonly Said[]>;
    /** The outcome if it is not to be written; null if it is. Called once it is certain that the text is not there. */
    readonly whyNot: () => Promise<FollowUpOutcome | null>;
    readonly write: () => Promise<Written>;
  },
): Promise<FollowUpOutcome> {
  const isThere = async (since: number): Promise<boolean> => isPosted(await read(), text, since);
  if (sentAt !== null) {
    if (await isThere(sentAt)) return DONE;
    const left = arrivalMsLeft(sentAt, now());
    if (left > 0) return { kind: 'later', mayBeThere: true, afterMs: left, deals: [] };
  }
  const ending = await whyNot();
  if (ending) return ending;
  const at = now();
  await sending();
  try {
    return { kind: await write(), deals: [] };
  } catch (error) {
    if (!(error instanceof CrmUnanswered)) throw error;
    if (!error.mayBeDone) return { kind: 'later', mayBeThere: false, afterMs: 0, deals: [] };
    if (await isThere(at).catch(whenUnanswered(false))) return DONE;
    return { kind: 'later', mayBeThere: true, afterMs: ARRIVAL_MILLISECONDS, deals: [] };
  }
}

/** How many milliseconds a request sent at `sentAt` may still take to arrive. Capped, because clocks are sometimes reset. */
export const arrivalMsLeft = (sentAt: number, now: number): number =>
  Math.min(ARRIVAL_MILLISECONDS, sentAt + ARRIVAL_MILLISECONDS - now);

const DONE: FollowUpOutcome = { kind: 'done', deals: [] };

/**
 * Whether an entry with this text is there. `since`: milliseconds by our clock. Authors are not compared, because the CRM
 * may name either the person or the owner of the service grant.
 */
export const isPosted = (there: readonly Said[], text: string, since: number): boolean =>
  there.some(said => isSameText(said.text, text) && said.at >= since / 1000 - CLOCK_SKEW_SECONDS);

/** The CRM may trim texts and change line ends. */
export const isSameText = (one: string, other: string): boolean => plain(one) === plain(other);
const plain = (text: string): string => wellFormed(text).replaceAll(/\s+/g, ' ').trim();
