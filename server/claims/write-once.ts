/**
 * What must not be written twice: notes and tasks. When an answer was lost, the CRM is asked whether it is there, and nothing is
 * sent again before a request that is still on its way would have arrived. A rare double remains possible: whatever stands
 * between us and the CRM may send a request twice by itself.
 */
import { wellFormed } from '../../domain/cut.ts';
import type { Said, Written } from '../crm/feed.ts';
import { CrmUnanswered, whenUnanswered } from '../crm/unanswered.ts';
import { ARRIVAL_MILLISECONDS, type FollowUpOutcome } from './follow-up.ts';

export type Sending = {
  /** When it may have been sent already, in milliseconds since the epoch; null: certainly never. */
  readonly sentAt: number | null;
  /** Remembers that it is being sent, before it is. */
  readonly sending: () => Promise<void>;
  readonly now: () => number;
};

/** By so much the CRM's clock may differ from ours. What says the same and is older is an earlier claim's. */
const CLOCK_SKEW_SECONDS = 300;

/** Throws `CrmUnanswered` where the CRM cannot be looked into. */
export async function writeOnce(
  { sentAt, sending, now }: Sending,
  {
    text,
    read,
    whyNot,
    write,
  }: {
    readonly text: string;
    /** What is there of its kind. */
    readonly read: () => Promise<readonly Said[]>;
    /** How it ends without being written; null where it is to be. Asked once it is certain that it is not there. */
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

/** For so many milliseconds it may still arrive, however the clock was set since. */
export const arrivalMsLeft = (sentAt: number, now: number): number =>
  Math.min(ARRIVAL_MILLISECONDS, sentAt + ARRIVAL_MILLISECONDS - now);

const DONE: FollowUpOutcome = { kind: 'done', deals: [] };

/**
 * Since our own milliseconds. Who has written it is not asked: whether the CRM takes it for the person's or for that of whoever
 * has let us in is the CRM's.
 */
export const isPosted = (there: readonly Said[], text: string, since: number): boolean =>
  there.some(said => isSameText(said.text, text) && said.at >= since / 1000 - CLOCK_SKEW_SECONDS);

/** The CRM may trim what it keeps and end lines its own way. */
export const isSameText = (one: string, other: string): boolean => plain(one) === plain(other);
const plain = (text: string): string => wellFormed(text).replaceAll(/\s+/g, ' ').trim();
