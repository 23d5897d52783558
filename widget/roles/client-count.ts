/** How many clients each person has in the chat service: counted when somebody asks, because all contacts are read for it. */
import { signal, type ReadonlySignal } from '@preact/signals';
import type { Chat } from '../chat/chat.ts';
import { asFailure, type Failure } from '../http/failure.ts';

export type ClientCount =
  | { readonly kind: 'unasked' }
  | { readonly kind: 'counting'; readonly read: number; readonly of: number }
  | { readonly kind: 'counted'; readonly byOwner: ReadonlyMap<string, number>; readonly isComplete: boolean }
  | { readonly kind: 'failed'; readonly failure: Failure };

export type ClientCountModel = {
  readonly state: ReadonlySignal<ClientCount>;
  readonly count: () => Promise<void>;
};

export function createClientCount(chat: Chat): ClientCountModel {
  const state = signal<ClientCount>({ kind: 'unasked' });
  return {
    state,
    async count() {
      if (state.value.kind === 'counting') return;
      state.value = { kind: 'counting', read: 0, of: 0 };
      try {
        const counted = await chat.contactCounts({
          onProgress: (read, of) => {
            state.value = { kind: 'counting', read, of };
          },
        });
        state.value = { kind: 'counted', ...counted };
      } catch (thrown) {
        state.value = { kind: 'failed', failure: asFailure(thrown) };
      }
    },
  };
}
