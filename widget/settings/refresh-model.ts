/** The refresh as the panel shows it: which step is at work, how each ended, and when the last one was. */
import { signal, type ReadonlySignal } from '@preact/signals';
import type { Chat } from '../chat/chat.ts';
import { peopleSeen, type PeopleChanges, type Person } from '../domain/people-changes.ts';
import type { HostRecords } from '../host/host.ts';
import { asFailure, type Failure } from '../http/failure.ts';
import type { LastRefresh, RefreshMemory } from './last-refresh.ts';
import { followOwnerChanges, type OwnersResult } from './owner-changes.ts';
import {
  comparePeople,
  sendPeople,
  sendPipelines,
  STEPS,
  type Account,
  type PeopleSent,
  type Progress,
  type Step,
} from './refresh.ts';

export type Results = {
  readonly employees: { readonly employees: number; readonly changes: PeopleChanges };
  readonly pipelines: number;
  readonly people: PeopleSent;
  readonly owners: OwnersResult;
};

export type StepState<T> =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'running'; readonly done: number; readonly of: number }
  | { readonly kind: 'done'; readonly result: T }
  /** `partly`: what was done until it failed. */
  | { readonly kind: 'failed'; readonly failure: Failure; readonly partly: T | null }
  /** Not done, because an earlier step was not. */
  | { readonly kind: 'blocked' }
  | { readonly kind: 'cancelled'; readonly partly: T | null };

export type Steps = { readonly [S in Step]: StepState<Results[S]> };

export type RefreshState =
  /** Not refreshed since the panel was opened. */
  | { readonly kind: 'idle' }
  | { readonly kind: 'running'; readonly steps: Steps; readonly cancelling: boolean }
  | { readonly kind: 'reported'; readonly steps: Steps };

export type RefreshModel = {
  readonly state: ReadonlySignal<RefreshState>;
  /** The last refresh on this computer, this one included. */
  readonly last: ReadonlySignal<LastRefresh | null>;
  readonly locale: string;
  readonly now: () => number;
  /** How many people the chat service takes. */
  readonly mostPeople: number;
  readonly run: () => Promise<void>;
  /** Does one step again, and those that could not be done because of it. */
  readonly retry: (step: Step) => Promise<void>;
  /** Lets the running step come to a stop and starts no other. */
  readonly cancel: () => void;
};

const WAITING: Steps = {
  employees: { kind: 'waiting' },
  pipelines: { kind: 'waiting' },
  people: { kind: 'waiting' },
  owners: { kind: 'waiting' },
};
const NEVER: LastRefresh = { at: 0, unfinished: [], followed: { to: null, waiting: [] }, seen: null };

export const isUnfinished = ({ kind }: Steps[Step]): boolean => kind !== 'done';

export function createRefresh(given: {
  readonly records: HostRecords;
  readonly chat: () => Chat;
  readonly memory: RefreshMemory;
  readonly locale: string;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly standInOwners: () => readonly string[];
  /** Reads employees, channels and roles anew and shows them in the panel. */
  readonly loadAccount: (progress: Progress) => Promise<Account>;
  readonly mostPeople: number;
  /** The panel is closed. */
  readonly signal: AbortSignal;
}): RefreshModel {
  const { memory } = given;
  const state = signal<RefreshState>({ kind: 'idle' });
  const last = signal(memory.read());
  let account: Account | null = null;
  let knownThere: readonly Person[] | null = null;
  let stop = new AbortController();
  given.signal.addEventListener('abort', () => stop.abort());

  const keep = (fields: Partial<LastRefresh>): void => {
    last.value = { ...NEVER, ...last.value, ...fields };
    memory.write(last.value);
  };

  const onAccount = async <T>(use: (account: Account) => Promise<StepState<T>>): Promise<StepState<T>> =>
    account ? use(account) : { kind: 'blocked' };
  const work: { readonly [S in Step]: (progress: Progress) => Promise<StepState<Results[S]>> } = {
    employees: progress =>
      attempt(progress, async () => {
        account = null;
        knownThere = null;
        const fresh = await given.loadAccount(progress);
        account = fresh;
        const before = { standInOwners: given.standInOwners(), seen: last.value?.seen ?? null };
        const compared = await comparePeople(given.chat(), fresh, before, progress);
        knownThere = compared.knownThere;
        keep({ seen: peopleSeen(fresh.employees) });
        return { employees: fresh.employees.length, changes: compared.changes };
      }),
    pipelines: progress =>
      attempt(progress, () => sendPipelines({ records: given.records, chat: given.chat() }, progress)),
    people: progress =>
      onAccount(async known => {
        let sent = 0;
        const report = (done: number, of: number): void => {
          sent = done;
          progress.report(done, of);
        };
        const is = await attempt(progress, () =>
          sendPeople(given.chat(), known, knownThere, { ...progress, report }),
        );
        const isPartly = sent > 0 && (is.kind === 'cancelled' || is.kind === 'failed');
        return isPartly ? { ...is, partly: { sent, knownThere: null } } : is;
      }),
    owners: progress =>
      onAccount(async ({ employees }) => {
        const is = await attempt(progress, () =>
          followOwnerChanges(
            { records: given.records, chat: given.chat() },
            { employees, standInOwners: given.standInOwners() },
            { followed: last.value?.followed ?? NEVER.followed, now: Math.floor(given.now() / 1000) },
            progress,
          ),
        );
        if (is.kind !== 'done') return is;
        keep({ followed: is.result.followed });
        return is.result.failure ? failed(is.result.failure, is.result) : is;
      }),
  };

  async function run(steps: readonly Step[], from: Steps): Promise<void> {
    if (state.value.kind === 'running') return;
    stop = new AbortController();
    if (given.signal.aborted) return;
    let now = from;
    const show = (step: Step, is: Steps[Step]): void => {
      now = { ...now, [step]: is };
      state.value = { kind: 'running', steps: now, cancelling: stop.signal.aborted };
    };
    for (const step of steps) {
      show(step, { kind: 'running', done: 0, of: 0 });
      const report = (done: number, of: number): void => show(step, { kind: 'running', done, of });
      show(step, await work[step]({ signal: stop.signal, report }));
    }
    if (given.signal.aborted) return;
    keep({ at: given.now(), unfinished: STEPS.filter(step => isUnfinished(now[step])) });
    state.value = { kind: 'reported', steps: now };
  }

  return {
    state,
    last,
    locale: given.locale,
    now: given.now,
    mostPeople: given.mostPeople,
    run: () => run(STEPS, WAITING),
    async retry(step) {
      if (state.value.kind !== 'reported') return;
      const { steps } = state.value;
      await run(
        STEPS.filter(one => one === step || (step === 'employees' && steps[one].kind === 'blocked')),
        steps,
      );
    },
    cancel() {
      stop.abort();
      if (state.value.kind === 'running') state.value = { ...state.value, cancelling: true };
    },
  };
}

async function attempt<T>({ signal }: Progress, action: () => Promise<T>): Promise<StepState<T>> {
  try {
    signal.throwIfAborted();
    return { kind: 'done', result: await action() };
  } catch (thrown) {
    return signal.aborted ? { kind: 'cancelled', partly: null } : failed<T>(asFailure(thrown), null);
  }
}

function failed<T>(failure: Failure, partly: T | null): StepState<T> {
  return failure.code === 'cancelled' ? { kind: 'cancelled', partly } : { kind: 'failed', failure, partly };
}
