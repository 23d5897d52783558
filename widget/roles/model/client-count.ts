/**
 * How many clients each person has in the chat service: counted when somebody asks, because all contacts and deals are
 * read for it, and can be cancelled while it runs.
 */
import { signal, type ReadonlySignal } from '@preact/signals';
import type { Chat, ClientCounts, CountProgress } from '../../chat/chat.ts';
import { asFailure, type Failure } from '../../http/failure.ts';

export type ClientCount =
  | { readonly kind: 'unasked' }
  | ({ readonly kind: 'counting' } & CountProgress)
  /** `at`: when it ended, in milliseconds. */
  | ({ readonly kind: 'counted'; readonly at: number } & ClientCounts)
  | { readonly kind: 'failed'; readonly failure: Failure };

export type ClientCountModel = {
  readonly state: ReadonlySignal<ClientCount>;
  readonly count: () => Promise<void>;
  /** What was counted before, if anything, stands again. */
  readonly cancel: () => void;
};

export function createClientCount(chat: Pick<Chat, 'clientCounts'>, now: () => number): ClientCountModel {
  const state = signal<ClientCount>({ kind: 'unasked' });
  let asking = new AbortController();
  let settled: ClientCount = state.value;
  const settle = (value: ClientCount): void => {
    settled = value;
    state.value = value;
  };
  return {
    state,
    async count() {
      if (state.value.kind === 'counting') return;
      asking = new AbortController();
      const { signal: cancelled } = asking;
      const onProgress = (progress: CountProgress): void => {
        if (!cancelled.aborted) state.value = { kind: 'counting', ...progress };
      };
      onProgress({ what: 'contacts', read: 0, of: 0 });
      try {
        const counts = await chat.clientCounts({ signal: cancelled, onProgress });
        if (!cancelled.aborted) settle({ kind: 'counted', at: now(), ...counts });
      } catch (thrown) {
        if (!cancelled.aborted) settle({ kind: 'failed', failure: asFailure(thrown) });
      }
    },
    cancel() {
      asking.abort();
      state.value = settled;
    },
  };
}
