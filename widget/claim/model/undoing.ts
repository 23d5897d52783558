/**
 * What follows when the CRM has confirmed a claim, and taking it all back while it is fresh. The follow-ups start also
 * when the card has been left: the chat service has to learn of whatever became mine.
 */
import { signal, type ReadonlySignal } from '@preact/signals';
import type { Contact, Undo } from '../../host/host.ts';
import { conclude } from '../attempt.ts';
import type { Act } from './acting.ts';
import { afterClaim, type Told } from './after-claim.ts';
import type { DealMove } from '../../../domain/deal.ts';
import type { Settling } from '../race/press.ts';
import type { Desk } from './desk.ts';
import { moving } from '../follow-up/hand-over.ts';
import { UNDO_MS, undoable, type Claimed, type Staff, type UndoOutcome } from '../follow-up/undo.ts';

export type UndoState =
  | { readonly kind: 'none' }
  | { readonly kind: 'offered' }
  /** Its time has gone by. It leaves its place empty, so that nothing comes to stand there. */
  | { readonly kind: 'over' }
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

const NONE: UndoState = { kind: 'none' };

export type Undoing = {
  readonly state: ReadonlySignal<UndoState>;
  /** Waits until the claim is settled as mine, and starts what follows. */
  readonly follow: (settling: ReadonlySignal<Settling>, claim: ClaimMade) => void;
  /** `note`: for the feed, should the claim's own be there already. */
  readonly undo: (note: () => string) => void;
  /** Whatever became of an undo that nobody answered: the client's owner has been read. */
  readonly known: () => void;
  /** The client is somebody else's by now: there is nothing to undo. */
  readonly forget: () => void;
  readonly remove: Undo;
};

export function createUndoing({
  desk: { work },
  me,
  staff,
  act,
  onGiven,
  onLost,
}: {
  readonly desk: Desk;
  readonly me: string;
  readonly staff: Staff;
  readonly act: Act;
  readonly onGiven: (contact: Contact) => void;
  /** Somebody else has the client by now. */
  readonly onLost: (ownerId: string | null) => void;
}): Undoing {
  const state = signal<UndoState>(NONE);
  let claimed: Claimed | null = null;
  let ending: ReturnType<typeof setTimeout> | undefined;
  const offer = (made: Claimed): void => {
    claimed = made;
    if (!undoable(made, staff, Date.now())) return;
    state.value = { kind: 'offered' };
    ending = setTimeout(
      () => {
        if (state.value.kind === 'offered') state.value = { kind: 'over' };
      },
      made.at + UNDO_MS - Date.now(),
    );
  };
  const start = (contact: Contact, claim: ClaimMade): void => {
    const { contactId, formerOwnerId } = claim;
    const at = Date.now();
    let followUpIds: readonly string[] = [];
    act(() => {
      const first = afterClaim({ contactId, me, now: at }, claim.moves ?? [], claim.told);
      followUpIds = work.outbox.add(first, contact);
      offer({ contactId, me, formerOwnerId, at, followUpIds });
      claim.onMine();
    });
    if (claim.moves) return;
    act(async () => {
      const late = work.outbox.add(moving(contactId, me, me, await claim.movesOf(contact)));
      if (claimed?.at === at) claimed = { ...claimed, followUpIds: [...followUpIds, ...late] };
    }, 'deals');
  };
  const forget = (): void => {
    claimed = null;
    clearTimeout(ending);
    state.value = NONE;
  };
  return {
    state,
    known() {
      if (state.value.kind !== 'unknown') return;
      state.value = NONE;
      if (claimed) offer(claimed);
    },
    follow(settling, claim) {
      forget();
      let isMine = false;
      const stop = settling.subscribe(now => {
        if (now.kind !== 'mine' || isMine) return;
        isMine = true;
        queueMicrotask(() => stop());
        start(now.contact, claim);
      });
    },
    undo(note) {
      const made = claimed;
      if (!made || state.value.kind === 'undoing') return;
      void conclude<UndoState>(
        state,
        { kind: 'undoing' },
        async () => {
          const outcome = await work.undo(made, note());
          if (outcome.kind === 'not-mine') act(() => onLost(outcome.ownerId));
          if (outcome.kind !== 'given') return outcome;
          claimed = null;
          act(() => onGiven(outcome.contact));
          return NONE;
        },
        failure => ({ kind: 'unknown', failure }),
      );
    },
    forget,
    remove: () => clearTimeout(ending),
  };
}
