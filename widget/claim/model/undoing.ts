/**
 * What follows when the CRM has confirmed a claim, and taking it all back while it is fresh. The follow-ups start also
 * when the card has been left: the chat service has to learn of whatever became mine.
 */
import { signal, type ReadonlySignal } from '@preact/signals';
import type { Contact, Undo } from '../../host/host.ts';
import { afterClaim, type Told } from './after-claim.ts';
import type { DealMove } from '../follow-up/follow-up.ts';
import type { Settling } from '../race/press.ts';
import type { Desk } from './desk.ts';
import { moving } from '../follow-up/hand-over.ts';
import { UNDO_MS, undoable, type Claimed, type Staff, type UndoOutcome } from '../follow-up/undo.ts';

export type UndoState =
  | { readonly kind: 'none' }
  /** `seconds`: for how long yet. */
  | { readonly kind: 'offered'; readonly seconds: number }
  | { readonly kind: 'undoing' }
  | Exclude<UndoOutcome, { kind: 'given' }>;

export type ClaimMade = {
  readonly contactId: string;
  readonly formerOwnerId: string | null;
  /** `null`: the client's deals were not known when the button was pressed. */
  readonly moves: readonly DealMove[] | null;
  /** Makes the moves out of what the CRM says then. */
  readonly movesOf: (contact: Contact) => Promise<readonly DealMove[]>;
  readonly told: Told;
  readonly onMine: () => void;
};

export type Undoing = {
  readonly state: ReadonlySignal<UndoState>;
  /** Waits until the claim is settled as mine, and starts what follows. */
  readonly follow: (settling: ReadonlySignal<Settling>, claim: ClaimMade) => void;
  /** `note`: for the feed, should the claim's own be there already. */
  readonly undo: (note: string) => Promise<void>;
  /** The client is somebody else's by now: there is nothing to undo. */
  readonly forget: () => void;
  readonly remove: Undo;
};

export function createUndoing({
  desk: { work },
  me,
  staff,
  onGiven,
  onLost,
}: {
  readonly desk: Desk;
  readonly me: string;
  readonly staff: Staff;
  readonly onGiven: (contact: Contact) => void;
  /** Somebody else has the client by now. */
  readonly onLost: (ownerId: string | null) => void;
}): Undoing {
  const state = signal<UndoState>({ kind: 'none' });
  let claimed: Claimed | null = null;
  let ticking: ReturnType<typeof setInterval> | undefined;
  const offer = (made: Claimed): void => {
    claimed = made;
    if (!undoable(made, staff, Date.now())) return;
    const tick = (): void => {
      const seconds = Math.ceil((made.at + UNDO_MS - Date.now()) / 1000);
      if (seconds > 0 && (state.value.kind === 'none' || state.value.kind === 'offered')) {
        state.value = { kind: 'offered', seconds };
        return;
      }
      clearInterval(ticking);
      if (state.value.kind === 'offered') state.value = { kind: 'none' };
    };
    clearInterval(ticking);
    ticking = setInterval(tick, 1000);
    tick();
  };
  const start = async (contact: Contact, claim: ClaimMade): Promise<void> => {
    const { contactId, formerOwnerId } = claim;
    const at = Date.now();
    const first = afterClaim({ contactId, me, now: at }, claim.moves ?? [], claim.told);
    const followUpIds = [...work.outbox.add(first, contact)];
    const base = { contactId, me, formerOwnerId, at };
    offer({ ...base, followUpIds });
    claim.onMine();
    if (claim.moves) return;
    const late = moving(contactId, me, me, await claim.movesOf(contact));
    if (late.length > 0) claimed = { ...base, followUpIds: [...followUpIds, ...work.outbox.add(late)] };
  };
  return {
    state,
    follow(settling, claim) {
      state.value = { kind: 'none' };
      let isMine = false;
      const stop = settling.subscribe(now => {
        if (now.kind !== 'mine' || isMine) return;
        isMine = true;
        queueMicrotask(() => stop());
        void start(now.contact, claim);
      });
    },
    async undo(note) {
      if (!claimed || state.value.kind === 'undoing') return;
      state.value = { kind: 'undoing' };
      const outcome = await work.undo(claimed, note);
      if (outcome.kind !== 'given') {
        state.value = outcome;
        if (outcome.kind === 'not-mine') onLost(outcome.ownerId);
        return;
      }
      claimed = null;
      state.value = { kind: 'none' };
      onGiven(outcome.contact);
    },
    forget() {
      claimed = null;
      clearInterval(ticking);
      state.value = { kind: 'none' };
    },
    remove: () => clearInterval(ticking),
  };
}
