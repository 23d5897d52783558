/** Guarantees that a model leaves every busy state, whatever happens to the work behind it. */
import type { Signal } from '@preact/signals';
import { asFailure, Failure, type Service } from '../http/failure.ts';

/** Longer than any single request with its retries. */
const SILENCE_MS = 60_000;
/** Time for a request in progress to end by itself. */
const LEAVING_MS = 5000;

type Waiting = {
  /** The service to blame for a timeout. */
  readonly service?: Service;
  /** Aborted when the result is no longer needed. */
  readonly signal?: AbortSignal;
};

/**
 * Runs the work and puts its result into `state`; `null` leaves the state unchanged. The work shows busy states through
 * `show`, which does nothing after the work has ended. Any error, including a defect of our own, becomes a failure, and
 * `failed` turns it into a state that explains it and offers a way on. Work that stays silent for too long fails with
 * `timeout`.
 */
export async function settle<State>(
  state: Signal<State>,
  work: (show: (busy: State) => void) => Promise<State | null>,
  failed: (failure: Failure) => State | null,
  { service = 'chat', signal }: Waiting = {},
): Promise<void> {
  let isLeft = false;
  let end: State | null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let giveUp: (failure: Failure) => void;
  const silence = new Promise<never>((_resolve, reject) => (giveUp = reject));
  const wait = (ms: number): void => {
    clearTimeout(timer);
    timer = setTimeout(() => giveUp(new Failure('timeout', service)), ms);
  };
  const leave = (): void => wait(LEAVING_MS);
  signal?.addEventListener('abort', leave);
  wait(SILENCE_MS);
  const show = (busy: State): void => {
    if (isLeft) return;
    if (!signal?.aborted) wait(SILENCE_MS);
    state.value = busy;
  };
  try {
    end = await Promise.race([work(show), silence]);
  } catch (thrown) {
    end = failed(asFailure(thrown));
  }
  isLeft = true;
  clearTimeout(timer);
  signal?.removeEventListener('abort', leave);
  if (end !== null) state.value = end;
}
