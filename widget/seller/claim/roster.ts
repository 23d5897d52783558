/** The presses under way in this page, with the state of each and the work that is running for it. */
import { signal, type Signal } from '@preact/signals';
import { isOneOf } from '../../../domain/one-of.ts';
import type { ClaimRequest, ClaimReport } from '../../account/claim.ts';
import type { Contact, Dispose } from '../../host/host.ts';
import { Failure } from '../../http/failure.ts';
import { attempt } from '../../work/attempt.ts';
import {
  isBusy,
  isUnderWay,
  isUnsettled,
  type ClaimState,
  type Press,
  type ServerStatus,
  type Running,
} from './press.ts';

export type ActivePress = Running & {
  readonly to: string;
  readonly asked: Press;
  readonly state: Signal<ClaimState>;
  readonly status: Signal<ServerStatus>;
  /** As read before the write. */
  contact: Contact | null;
  /** For a press of an earlier page: when its contact was read. Unix seconds by the CRM's clock. */
  at: number | null;
  outcome: ClaimReport['outcome'];
  /** Why the answer to its write was lost. */
  lost: Failure;
  /** Replaced by a newer press on the same client, or stopped. */
  isOver: boolean;
  /** How many runs of work for it are not finished. */
  runs: number;
  /** Whether the server is asked about it now and then. */
  isWatched: boolean;
  /** From an earlier page, whose report the server already has. */
  isRecalled: boolean;
};

export type Roster = {
  readonly active: ReadonlySet<ActivePress>;
  readonly isStopped: () => boolean;
  readonly add: (to: string, asked: Press, first: Pick<ActivePress, 'press'> & Initial) => ActivePress;
  readonly show: (one: ActivePress, state: ClaimState) => void;
  readonly mark: (one: ActivePress, status: ServerStatus) => void;
  /** Waits. `wake` ends it early. Resolves to `false` when all of these presses are over. */
  readonly pause: (ones: readonly ActivePress[], ms: number) => Promise<boolean>;
  /** Ends the press's pauses. */
  readonly wake: (one: ActivePress) => void;
  /** Runs work for these presses. If it throws, none of them is left in a busy state. */
  readonly run: (ones: readonly ActivePress[], work: () => Promise<void>) => Promise<void>;
  readonly stop: Dispose;
};
type Initial = { readonly state: ClaimState; readonly status: ServerStatus };

/** Why the answer is lost when the page was reloaded during the write. */
export const LOST = new Failure('no-answer', 'crm');
const ignore = (): void => undefined;

export function createRoster({
  onChange,
  onLook,
}: {
  /** Called when the active presses may have changed. */
  readonly onChange: () => void;
  readonly onLook: (one: ActivePress) => void;
}): Roster {
  const active = new Set<ActivePress>();
  const sleepers = new Set<{ readonly ones: readonly ActivePress[]; readonly wake: () => void }>();
  let isStopped = false;
  const wake = (one: ActivePress): void =>
    [...sleepers].filter(({ ones }) => ones.includes(one)).forEach(sleeper => sleeper.wake());
  const tidy = (): void => {
    for (const one of active) if (one.isOver || !isOpen(one)) active.delete(one);
    onChange();
  };
  // A defect in a subscriber must not stop the protocol.
  const show: Roster['show'] = (one, state) => {
    if (!one.isOver) void attempt(() => (one.state.value = state), ignore);
  };
  return {
    active,
    isStopped: () => isStopped,
    add(to, asked, { press, state, status }) {
      for (const other of active) {
        if (other.contactId !== asked.contactId) continue;
        other.isOver = true;
        wake(other);
      }
      const one: ActivePress = {
        press,
        contactId: asked.contactId,
        to,
        asked,
        state: signal(state),
        status: signal(status),
        contact: null,
        at: null,
        outcome: 'stopped',
        lost: LOST,
        isOver: false,
        runs: 0,
        isWatched: false,
        isRecalled: false,
        look() {
          // A card may still show a press that is no longer active.
          if (!one.isOver) active.add(one);
          onLook(one);
          tidy();
        },
      };
      active.add(one);
      return one;
    },
    show,
    mark(one, status) {
      if (!one.isOver) void attempt(() => (one.status.value = status), ignore);
      if (one.runs === 0) tidy();
    },
    pause: (ones, ms) =>
      new Promise(resolve => {
        const sleeper = {
          ones,
          wake() {
            clearTimeout(timer);
            sleepers.delete(sleeper);
            resolve(!isStopped && ones.some(one => !one.isOver));
          },
        };
        const timer = setTimeout(sleeper.wake, ms);
        sleepers.add(sleeper);
      }),
    wake,
    async run(ones, work) {
      ones.forEach(one => (one.runs += 1));
      await attempt(work, failure => {
        for (const one of ones.filter(({ state }) => isBusy(state.peek())))
          show(
            one,
            one.outcome === 'stopped'
              ? { kind: 'failed', failure }
              : { kind: 'unknown', failure, gaveUp: true },
          );
      });
      ones.forEach(one => (one.runs -= 1));
      tidy();
    },
    stop() {
      isStopped = true;
      active.forEach(one => (one.isOver = true));
      [...sleepers].forEach(sleeper => sleeper.wake());
      tidy();
    },
  };
}

/** Work is running for it, or will be. */
const isOpen = ({ runs, state, status }: ActivePress): boolean => {
  const now = status.peek();
  return (
    runs > 0 ||
    isUnsettled(state.peek()) ||
    isOneOf(now.kind, ['sending', 'later']) ||
    (now.kind === 'known' && isUnderWay(now.claim))
  );
};

/** Whether a card that opens now shows this press. A card shows by itself what came of one that has ended. */
export const isShown = (one: ActivePress): boolean => {
  const state = one.state.peek();
  return !one.isOver && (isUnsettled(state) || (isOneOf(state.kind, ['mine', 'given']) && isOpen(one)));
};

export const requestOf = ({
  press,
  contactId: contact,
  to,
  asked: { base, plan },
}: ActivePress): ClaimRequest => ({
  press,
  contact,
  base,
  to,
  plan,
});

export const reportOf = (one: ActivePress): ClaimReport => ({
  ...requestOf(one),
  at: one.at ?? one.contact?.readAt ?? Math.floor(Date.now() / 1000),
  outcome: one.outcome,
});

/** The state after its write succeeded. */
export const doneState = ({ to }: ActivePress, me: string, contact: Contact): ClaimState => ({
  kind: to === me ? 'mine' : 'given',
  contact: { ...contact, ownerId: to },
});
