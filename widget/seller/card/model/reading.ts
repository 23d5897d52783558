/** A value read from a server, as the screen shows it. The old value stays on screen while it is read again. */
import { signal, type ReadonlySignal } from '@preact/signals';
import { asFailure, type Failure } from '../../../http/failure.ts';

export type Reading<T> =
  | { readonly kind: 'unread' }
  | { readonly kind: 'reading' }
  | { readonly kind: 'read'; readonly value: T }
  | { readonly kind: 'failed'; readonly failure: Failure };

export type Readable<T> = {
  readonly state: ReadonlySignal<Reading<T>>;
  /** `null` unless it has been read. */
  readonly value: () => T | null;
  /** Resolves to what was read; `null` when it failed, or when a later reading replaced this one. */
  readonly read: () => Promise<T | null>;
  /** Sets a value that other code has just read. */
  readonly know: (value: T) => void;
};

/** `gone`: aborted when the value is no longer needed. */
export function readable<T>(load: (gone: AbortSignal) => Promise<T>, gone: AbortSignal): Readable<T> {
  const state = signal<Reading<T>>({ kind: 'unread' });
  let latest = 0;
  return {
    state,
    value: () => (state.value.kind === 'read' ? state.value.value : null),
    know(value) {
      latest += 1;
      state.value = { kind: 'read', value };
    },
    async read() {
      latest += 1;
      const mine = latest;
      if (state.value.kind !== 'read') state.value = { kind: 'reading' };
      try {
        const value = await load(gone);
        if (mine !== latest || gone.aborted) return null;
        state.value = { kind: 'read', value };
        return value;
      } catch (thrown) {
        if (mine === latest && !gone.aborted) state.value = { kind: 'failed', failure: asFailure(thrown) };
        return null;
      }
    },
  };
}
