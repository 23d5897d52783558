/**
 * Runs the work that a press, a timer or a signal starts. Any error, synchronous or not, ends in a state that can be
 * shown, so that no screen waits forever.
 */
import type { Signal } from '@preact/signals';
import { asFailure, type Failure } from '../http/failure.ts';

/** `failed` is called with any error. */
export async function attempt(work: () => unknown, failed: (failure: Failure) => void): Promise<void> {
  try {
    await work();
  } catch (thrown) {
    failed(asFailure(thrown));
  }
}

/** Turns a synchronous error into a rejection, so that work started at the same time is still awaited. */
export const begun = async <T>(work: () => Promise<T>): Promise<T> => work();

/** Shows `busy`, then the result of the work. */
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
