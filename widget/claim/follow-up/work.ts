/**
 * Everything that follows a claim, with what it needs, as one object. Made once for a page, account and person; it
 * outlives the cards.
 */
import type { HostRecords } from '../../host/host.ts';
import { ask, answered, openAsks, type Ask, type AskOutcome, type Question } from './ask.ts';
import type { DealMove } from '../../../domain/deal.ts';
import type { Outbox } from './follow-up.ts';
import { afterGift, give, type Gift, type GiveOutcome } from './hand-over.ts';
import { undoClaim, type Claimed, type Staff, type UndoOutcome } from './undo.ts';

/** `note`: the whole text for the feed, or `null` for none. */
type Along = { readonly deals: readonly DealMove[]; readonly note: string | null };

export type FollowUpWork = {
  /** After a claim: `outbox.add([{ kind: 'chat', … }, …], contact)`. */
  readonly outbox: Outbox;
  readonly undo: (claimed: Claimed, note: string | null) => Promise<UndoOutcome>;
  /**
   * «Hand over» to a colleague and «Give back» to the stand-in owner: the chat service, the deals and the note follow by
   * themselves. `answers`: the question that this grants, with the words of the answer.
   */
  readonly give: (
    gift: Gift,
    along: Along,
    answers?: { readonly ask: Ask; readonly text: string },
  ) => Promise<GiveOutcome>;
  readonly ask: (question: Question) => Promise<AskOutcome>;
  /** Open questions about a client, mine and those to me. Throws a `Failure`. */
  readonly asks: (contactId: string, signal?: AbortSignal) => Promise<readonly Ask[]>;
  /** Answers no, with these words. Waits in the outbox like any follow-up. */
  readonly refuse: (ask: Ask, text: string) => void;
};

export function followUpWork(given: {
  readonly records: HostRecords;
  readonly outbox: Outbox;
  readonly staff: Staff;
  readonly now?: () => number;
}): FollowUpWork {
  const { records, outbox, staff, now = Date.now } = given;
  return {
    outbox,
    undo: (claimed, note) => undoClaim({ records, outbox, staff, now }, claimed, note),
    async give(gift, along, answers) {
      const outcome = await give(records, gift);
      if (outcome.kind === 'given') {
        outbox.add(
          [...afterGift(gift, along), ...(answers ? [answered(answers.ask, answers.text)] : [])],
          outcome.contact,
        );
      }
      return outcome;
    },
    ask: question => ask(records, question),
    asks: (contactId, signal) => openAsks(records, contactId, signal),
    refuse: (ask, text) => void outbox.add([answered(ask, text)]),
  };
}
