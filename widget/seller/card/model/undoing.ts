/** «As it was»: takes a claim back while it is fresh. The server takes back what followed from it. */
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
  /** Its time has gone by. It leaves its place empty, so that nothing comes to stand there. */
  | { readonly kind: 'over' }
  | { readonly kind: 'undoing' }
  /** The client is somebody else's by now, or a colleague is taking them. Nothing was changed. */
  | { readonly kind: 'not-mine' }
  | { readonly kind: 'forbidden' }
  | { readonly kind: 'missing' }
  | { readonly kind: 'failed'; readonly failure: Failure }
  | { readonly kind: 'unknown'; readonly failure: Failure };

const NONE: UndoState = { kind: 'none' };

/** Who may get the client back. */
export type Staff = {
  readonly standInOwners: readonly string[];
  readonly employee: (id: string) => Employee | undefined;
};

export type Undoing = {
  readonly state: ReadonlySignal<UndoState>;
  /** Offers it once the claim is mine. `formerId`: who had the client. */
  readonly follow: (running: Running, formerId: string | null) => void;
  /** `note`: for the feed, should the claim's own be there already. */
  readonly undo: (note: () => string) => void;
  /** Whatever became of an undo that nobody answered: the client's owner has been read. */
  readonly reread: () => void;
  /** The client is somebody else's by now: there is nothing to undo. */
  readonly forget: () => void;
  readonly remove: Dispose;
};

/** Somebody who does not work here any more cannot get a client back, and the CRM lets no client be without a responsible. */
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
  /** What it has come to is to be followed. */
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
    // It is told as what has become of the client.
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
