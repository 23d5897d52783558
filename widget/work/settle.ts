/** Every busy state of a model is left, whatever happens to the work behind it. */
import type { Signal } from '@preact/signals';
import { asFailure, Failure, type Service } from '../http/failure.ts';

/** Longer than any single request with its repetitions. */
const SILENCE_MS = 60_000;
/** For a request that is under way to end by itself. */
const LEAVING_MS = 5000;

type Waiting = {
  /** Whose silence it is. */
  readonly service?: Service;
  /** Aborted when nobody waits any more. */
  readonly signal?: AbortSignal;
};

/**
 * Puts what the work comes to into `state`; `null` leaves it as it is. Busy states go through `show`, which no longer
 * does anything once the state was left. Whatever is thrown, a defect of ours too, becomes a failure, and `failed` makes
 * a state of it that says so and has a way on. The same goes for work of which nothing is heard any more.
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
