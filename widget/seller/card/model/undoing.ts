/** Undo: takes a claim back while it is fresh. The server reverses what followed from it. */
import { signal, type ReadonlySignal } from '@preact/signals';
import type { Employee } from '../../../../domain/employee.ts';
import type { Dispose } from '../../../host/host.ts';
import { Failure } from '../../../http/failure.ts';
import { NO_PLAN, type ClaimState, type Running } from '../../claim/press.ts';
import type { Act } from './acting.ts';
import type { ClaimServices } from './claim-services.ts';

/** How long a claim can be taken back. */
export const UNDO_MS = 30_000;

export type UndoState =
  | { readonly kind: 'none' }
  | { readonly kind: 'offered' }
  /** The time for undoing is over. The link's place stays empty, so that nothing moves under the pointer. */
  | { readonly kind: 'over' }
  | { readonly kind: 'undoing' }
  /** The client has another owner by now, or a colleague is taking them. Nothing was changed. */
  | { readonly kind: 'not-mine' }
  | { readonly kind: 'forbidden' }
  | { readonly kind: 'missing' }
  | { readonly kind: 'failed'; readonly failure: Failure }
  | { readonly kind: 'unknown'; readonly failure: Failure };

const NONE: UndoState = { kind: 'none' };

/** What decides whether the former owner can get the client back. */
export type Staff = {
  readonly standInOwners: readonly string[];
  readonly employee: (id: string) => Employee | undefined;
};

export type Undoing = {
  readonly state: ReadonlySignal<UndoState>;
  /** Offers to undo the claim once it succeeds. `formerId`: the owner before it. */
  readonly follow: (running: Running, formerId: string | null) => void;
  /** `note`: a note for the feed, written if the claim's own note is there. */
  readonly undo: (note: () => string) => void;
  /** The owner has been read again. An undo with an unknown outcome is offered once more. */
  readonly reread: () => void;
  /** Withdraws the offer, because the client has another owner now. */
  readonly forget: () => void;
  readonly remove: Dispose;
};

/** The former owner, or `null` if they cannot get the client back: they left, or there was none. The CRM requires an owner. */
export const formerOwner = (formerId: string | null, { standInOwners, employee }: Staff): string | null =>
  formerId !== null && (standInOwners.includes(formerId) || employee(formerId)?.active) ? formerId : null;

export function createUndoing({
  services: { claiming },
  me,
  staff,
  act,
  onPressed,
}: {
  readonly services: ClaimServices;
  readonly me: string;
  readonly staff: Staff;
  readonly act: Act;
  /** Called with the undo's press, so that the card can follow it. */
  readonly onPressed: (running: Running) => void;
}): Undoing {
  const state = signal<UndoState>(NONE);
  let claimed: { readonly running: Running; readonly toId: string; readonly at: number } | null = null;
  let ending: ReturnType<typeof setTimeout> | undefined;
  let unfollow: Dispose = () => undefined;
  const offer = (): void => {
    const left = claimed ? claimed.at + UNDO_MS - Date.now() : 0;
    if (left <= 0) return;
    state.value = { kind: 'offered' };
    ending = setTimeout(() => {
      if (state.value.kind === 'offered') state.value = { kind: 'over' };
    }, left);
  };
  const forget = (): void => {
    claimed = null;
    unfollow();
    clearTimeout(ending);
    state.value = NONE;
  };
  return {
    state,
    reread() {
      if (state.value.kind !== 'unknown') return;
      state.value = NONE;
      offer();
    },
    follow(running, formerId) {
      forget();
      const toId = formerOwner(formerId, staff);
      if (toId === null) return;
      unfollow = running.state.subscribe(now => {
        if (now.kind === 'withdrawn') forget();
        if (now.kind !== 'mine' || claimed) return;
        claimed = { running, toId, at: Date.now() };
        offer();
      });
    },
    undo: note =>
      act(() => {
        if (!claimed || state.value.kind === 'undoing') return;
        const { running, toId } = claimed;
        const plan = { ...NO_PLAN, note: note(), undoes: running.press };
        const [undo] = claiming.press(toId, [{ contactId: running.contactId, base: me, plan }]);
        if (!undo) return;
        unfollow();
        unfollow = undo.state.subscribe(now => {
          state.value = undoStateOf(now);
        });
        onPressed(undo);
      }),
    forget,
    remove() {
      clearTimeout(ending);
      unfollow();
    },
  };
}

function undoStateOf(now: ClaimState): UndoState {
  switch (now.kind) {
    case 'asking':
    case 'writing':
    case 'checking':
      return { kind: 'undoing' };
    case 'given':
    // The card's own state shows it.
    case 'withdrawn':
      return NONE;
    case 'mine':
    case 'changed':
    case 'held':
      return { kind: 'not-mine' };
    case 'forbidden':
    case 'missing':
      return now;
    case 'failed':
    case 'unknown':
      return { kind: now.kind, failure: now.failure };
  }
}
