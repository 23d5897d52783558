/** The presses that are under way in this page: what each has come to, and who still looks after it. */
import { signal, type Signal } from '@preact/signals';
import { isOneOf } from '../../../domain/one-of.ts';
import type { Claimed, ClaimTold } from '../../account/claim.ts';
import type { Contact, Dispose } from '../../host/host.ts';
import { Failure } from '../../http/failure.ts';
import { attempt } from '../../work/attempt.ts';
import {
  isBusy,
  isUnderWay,
  isUnsettled,
  type ClaimState,
  type Press,
  type Report,
  type Running,
} from './press.ts';

export type One = Running & {
  readonly to: string;
  readonly asked: Press;
  readonly state: Signal<ClaimState>;
  readonly report: Signal<Report>;
  /** As it was read before the write. */
  contact: Contact | null;
  /** When that was, by the CRM's clock. */
  at: number | null;
  outcome: ClaimTold['outcome'];
  /** How the answer of its write was lost. */
  lost: Failure;
  /** A newer press on the same client has taken over. */
  isOver: boolean;
  /** How many look after it. */
  watchers: number;
  /** Whether the server is asked about it now and then. */
  isPolled: boolean;
  /** Of a page before this one, which has told all there was to tell. */
  isRecalled: boolean;
};

export type Roster = {
  readonly active: ReadonlySet<One>;
  readonly isStopped: () => boolean;
  readonly add: (to: string, asked: Press, first: Pick<One, 'press'> & First) => One;
  readonly show: (one: One, state: ClaimState) => void;
  readonly report: (one: One, report: Report) => void;
  /** Ends early when somebody wants to know at once; with `false` when nobody does any more. */
  readonly pause: (ones: readonly One[], ms: number) => Promise<boolean>;
  /** Ends its pauses. */
  readonly wake: (one: One) => void;
  /** Runs what looks after these. Whatever is thrown on the way, none of them goes on saying that somebody does. */
  readonly watched: (ones: readonly One[], work: () => Promise<void>) => Promise<void>;
  readonly stop: Dispose;
};
type First = { readonly state: ClaimState; readonly report: Report };

/** How a write ends whose page was reloaded. */
export const LOST = new Failure('no-answer', 'crm');
const ignore = (): void => undefined;

export function createRoster({
  onChange,
  onLook,
}: {
  /** Somebody more or less is looked after. */
  readonly onChange: () => void;
  readonly onLook: (one: One) => void;
}): Roster {
  const active = new Set<One>();
  const sleepers = new Set<{ readonly ones: readonly One[]; readonly wake: () => void }>();
  let isStopped = false;
  const wake = (one: One): void =>
    [...sleepers].filter(({ ones }) => ones.includes(one)).forEach(sleeper => sleeper.wake());
  const tidy = (): void => {
    for (const one of active) if (one.isOver || !isOpen(one)) active.delete(one);
    onChange();
  };
  // Whoever listens answers for their own defects: the protocol goes on.
  const show: Roster['show'] = (one, state) => {
    if (!one.isOver) void attempt(() => (one.state.value = state), ignore);
  };
  return {
    active,
    isStopped: () => isStopped,
    add(to, asked, { press, state, report }) {
      for (const other of active) {
        if (other.contactId !== asked.contactId) continue;
        other.isOver = true;
        wake(other);
      }
      const one: One = {
        press,
        contactId: asked.contactId,
        to,
        asked,
        state: signal(state),
        report: signal(report),
        contact: null,
        at: null,
        outcome: 'stopped',
        lost: LOST,
        isOver: false,
        watchers: 0,
        isPolled: false,
        isRecalled: false,
        look() {
          // Its card may know it longer than anybody has looked after it.
          if (!one.isOver) active.add(one);
          onLook(one);
          tidy();
        },
      };
      active.add(one);
      return one;
    },
    show,
    report(one, report) {
      if (!one.isOver) void attempt(() => (one.report.value = report), ignore);
      if (one.watchers === 0) tidy();
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
    async watched(ones, work) {
      ones.forEach(one => (one.watchers += 1));
      await attempt(work, failure => {
        for (const one of ones.filter(({ state }) => isBusy(state.peek())))
          show(
            one,
            one.outcome === 'stopped'
              ? { kind: 'failed', failure }
              : { kind: 'unknown', failure, gaveUp: true },
          );
      });
      ones.forEach(one => (one.watchers -= 1));
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

/** Somebody looks after it, or will. */
const isOpen = ({ watchers, state, report }: One): boolean => {
  const now = report.peek();
  return (
    watchers > 0 ||
    isUnsettled(state.peek()) ||
    isOneOf(now.kind, ['telling', 'later']) ||
    (now.kind === 'told' && isUnderWay(now.claim))
  );
};

/** A claim that a card which opens now has to show; one that has ended is told by the card itself. */
export const isShown = (one: One): boolean => {
  const state = one.state.peek();
  return !one.isOver && (isUnsettled(state) || (isOneOf(state.kind, ['mine', 'given']) && isOpen(one)));
};

export const claimedOf = ({ press, contactId: contact, to, asked: { base, plan } }: One): Claimed => ({
  press,
  contact,
  base,
  to,
  plan,
});

export const toldOf = (one: One): ClaimTold => ({
  ...claimedOf(one),
  at: one.at ?? one.contact?.readAt ?? Math.floor(Date.now() / 1000),
  outcome: one.outcome,
});

/** What it was to come to. */
export const doneOf = ({ to }: One, me: string, contact: Contact): ClaimState => ({
  kind: to === me ? 'mine' : 'given',
  contact: { ...contact, ownerId: to },
});
