/**
 * "Refresh data from CRM": reads the page's own lists again, and asks the server to compare the chat service with the
 * CRM. The two steps are independent, each can be repeated without harm, and neither changes a role.
 */
import { signal, type ReadonlySignal } from '@preact/signals';
import type { Clients, ClientsServer } from '../../account/account.ts';
import { asFailure, type Failure } from '../../http/failure.ts';
import { settle } from '../../work/settle.ts';

export const STEPS = ['employees', 'chat'] as const;
export type Step = (typeof STEPS)[number];

/** The current numbers. */
export type Found = {
  readonly employees: number;
  /** `null` if the server does not check clients or has not done so yet. */
  readonly chat: Clients | null;
};

export type StepState =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'running'; readonly done: number }
  | { readonly kind: 'done' }
  | { readonly kind: 'failed'; readonly failure: Failure }
  | { readonly kind: 'cancelled' };

export type Steps = Readonly<Record<Step, StepState>>;

export type RefreshState =
  /** Not refreshed since the panel was opened. */
  | { readonly kind: 'idle' }
  | { readonly kind: 'running'; readonly steps: Steps; readonly cancelling: boolean }
  | { readonly kind: 'reported'; readonly steps: Steps; readonly found: Found };

export type RefreshModel = {
  readonly state: ReadonlySignal<RefreshState>;
  /** The maximum number of people in the chat service. */
  readonly mostPeople: number;
  readonly run: () => Promise<void>;
  /** Repeats one step. */
  readonly retry: (step: Step) => Promise<void>;
  /** Lets the running step stop and starts no other. */
  readonly cancel: () => void;
};

const WAITING: Steps = { employees: { kind: 'waiting' }, chat: { kind: 'waiting' } };

const NOTHING: Found = { employees: 0, chat: null };

export const isUnfinished = ({ kind }: StepState): boolean => kind !== 'done';

export function createRefresh(given: {
  readonly check: ClientsServer['check'];
  /** Reads employees, channels and roles again, shows them in the panel and returns the number of employees. */
  readonly loadAccount: (onProgress: (done: number) => void) => Promise<number>;
  readonly mostPeople: number;
  /** Aborted when the panel closes. */
  readonly signal: AbortSignal;
}): RefreshModel {
  const state = signal<RefreshState>({ kind: 'idle' });
  let stop = new AbortController();
  given.signal.addEventListener('abort', () => stop.abort());

  async function run(steps: readonly Step[], from: Steps, before: Found): Promise<void> {
    if (state.value.kind === 'running' || given.signal.aborted) return;
    const mine = new AbortController();
    stop = mine;
    const { signal: stopped } = mine;
    let found = before;
    const work = {
      async employees(onProgress: (done: number) => void) {
        found = { ...found, employees: await given.loadAccount(onProgress) };
      },
      async chat(onProgress: (done: number) => void) {
        found = { ...found, chat: null };
        found = { ...found, chat: await given.check(stopped, () => onProgress(0)) };
        // The check has done everything else, so its problem is reported as the step's failure.
        if (found.chat?.problem) throw found.chat.problem;
      },
    };
    let now = from;
    let at: Step = 'employees';
    await settle<RefreshState>(
      state,
      async show => {
        const mark = (step: Step, is: StepState): void => {
          at = step;
          now = { ...now, [step]: is };
          show({ kind: 'running', steps: now, cancelling: stopped.aborted });
        };
        for (const step of steps) {
          const onProgress = (done: number): void => mark(step, { kind: 'running', done });
          onProgress(0);
          mark(step, await attempt(stopped, () => work[step](onProgress)));
        }
        return given.signal.aborted ? null : { kind: 'reported', steps: now, found };
      },
      failure => {
        const is: StepState = stopped.aborted ? { kind: 'cancelled' } : { kind: 'failed', failure };
        // A step still running stops before its next request.
        mine.abort();
        return { kind: 'reported', steps: { ...now, [at]: is }, found };
      },
      { signal: stopped },
    );
  }

  async function retry(step: Step): Promise<void> {
    if (state.value.kind === 'reported') await run([step], state.value.steps, state.value.found);
  }

  return {
    state,
    mostPeople: given.mostPeople,
    run: () => run(STEPS, WAITING, NOTHING),
    retry,
    cancel() {
      stop.abort();
      if (state.value.kind === 'running') state.value = { ...state.value, cancelling: true };
    },
  };
}

async function attempt(stopped: AbortSignal, action: () => Promise<void>): Promise<StepState> {
  try {
    stopped.throwIfAborted();
    await action();
    return { kind: 'done' };
  } catch (thrown) {
    const failure = asFailure(thrown);
    return stopped.aborted || failure.code === 'cancelled'
      ? { kind: 'cancelled' }
      : { kind: 'failed', failure };
  }
}
