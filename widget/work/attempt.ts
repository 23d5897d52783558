/**
 * How everything runs that a press, a timer or a signal begins: whatever is thrown on the way, at once or later, ends in a
 * state that can be shown, so that no screen waits for good.
 */
import type { Signal } from '@preact/signals';
import { asFailure, type Failure } from '../http/failure.ts';

/** `failed` hears of anything that was thrown. */
export async function attempt(work: () => unknown, failed: (failure: Failure) => void): Promise<void> {
  try {
    await work();
  } catch (thrown) {
    failed(asFailure(thrown));
  }
}

/** Rejects and never throws at once, so that what was begun beside it is still waited for. */
export const begun = async <T>(work: () => Promise<T>): Promise<T> => work();

/** Shows `busy`, and then how the work ended. */
export async function conclude<State>(
  state: Signal<State>,
  busy: State,
  work: () => Promise<State>,
  failed: (failure: Failure) => State,
): Promise<State> {
  state.value = busy;
  let end: State;
  try {
    end = await work();
  } catch (thrown) {
    end = failed(asFailure(thrown));
  }
  state.value = end;
  return end;
}
