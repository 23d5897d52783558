/** The way for an admin to the service's page on which they allow changing roles, for a key that can only read them. */
import { signal, type ReadonlySignal } from '@preact/signals';
import type { Chat } from '../../chat/chat.ts';
import { wait } from '../../http/retry.ts';
import { settle } from '../../work/settle.ts';
import { openTab } from '../trial/tab.ts';

export type LettingState =
  | { readonly kind: 'idle' }
  | { readonly kind: 'busy' }
  /** The person is on the service's page; `address` opens it from here as well. */
  | { readonly kind: 'away'; readonly address: string }
  | { readonly kind: 'failed' };

export type LettingRoles = {
  readonly state: ReadonlySignal<LettingState>;
  /** Opens the page in a new tab, which shows `opening` until it loads. */
  readonly go: (opening: string) => Promise<void>;
  readonly stop: () => void;
};

const FOLLOW_MS = 2000;

export function createLettingRoles(given: {
  readonly chat: () => Chat;
  /** Called when the permissions have changed. */
  readonly load: () => Promise<void>;
  readonly locale: string;
  readonly signal: AbortSignal;
}): LettingRoles {
  const state = signal<LettingState>({ kind: 'idle' });

  async function follow(away: LettingState): Promise<void> {
    for (;;) {
      await wait(FOLLOW_MS, given.signal);
      if (given.signal.aborted || state.value !== away) return;
      const { mode } = await given
        .chat()
        .connection.state(given.signal)
        .catch(() => ({ mode: null }));
      if (mode !== 'roles' || state.value !== away) continue;
      state.value = { kind: 'idle' };
      return given.load();
    }
  }

  return {
    state,
    async go(opening) {
      if (state.value.kind === 'busy') return;
      const tab = openTab(opening);
      await settle<LettingState>(
        state,
        async show => {
          show({ kind: 'busy' });
          const address = await given.chat().connection.journey(given.locale, 'roles');
          tab?.go(address);
          return { kind: 'away', address };
        },
        () => ({ kind: 'failed' }),
      );
      if (state.value.kind === 'away') await follow(state.value);
      else tab?.close();
    },
    stop() {
      state.value = { kind: 'idle' };
    },
  };
}
