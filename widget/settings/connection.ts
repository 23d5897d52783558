/** How far the account is connected to its chat service, and what the service told when it was last asked. */
import { signal, type ReadonlySignal } from '@preact/signals';
import type { Chat, RoleList } from '../chat/chat.ts';
import type { Channel } from '../domain/channel.ts';
import { chosenGateway, gatewayAddress } from '../domain/gateway-address.ts';
import { asFailure, type Failure } from '../http/failure.ts';
import type { OwnModel } from './own.ts';

export type Connected = {
  readonly kind: 'connected';
  readonly address: string;
  readonly channels: readonly Channel[];
  readonly list: RoleList;
};

export type PanelState =
  | { readonly kind: 'install-first' }
  | { readonly kind: 'not-connected'; readonly check: Check }
  | { readonly kind: 'loading' }
  | { readonly kind: 'failed'; readonly failure: Failure }
  | Connected;

export type Check =
  | { readonly kind: 'idle' }
  | { readonly kind: 'checking' }
  | { readonly kind: 'invalid' }
  | { readonly kind: 'failed'; readonly failure: Failure };

export type ConnectionModel = {
  readonly state: ReadonlySignal<PanelState>;
  /** The connected state, or `null`. */
  readonly connected: () => Connected | null;
  readonly chat: () => Chat;
  /** Whether there is an address to ask. */
  readonly isSetUp: () => boolean;
  readonly load: () => Promise<void>;
  /** Asks without showing; throws a `Failure`. */
  readonly ask: () => Promise<Connected>;
  readonly show: (connected: Connected) => void;
  /** A newer list of roles, whoever has written it. */
  readonly showList: (list: RoleList) => void;
  /** Tries an address as it was typed. True when it answered as a gateway does. */
  readonly check: (typed: string) => Promise<boolean>;
  readonly disconnect: () => void;
};

export function createConnection(given: {
  readonly isInstalled: boolean;
  readonly own: OwnModel;
  readonly connect: (gateway: string) => Chat;
  /** The gateway's address for accounts that have set none. */
  readonly defaultChatUrl: string;
  readonly signal: AbortSignal;
}): ConnectionModel {
  const { own } = given;
  const chatUrl = (): string => chosenGateway(own.settings.value.chatUrl, given.defaultChatUrl);
  const state = signal<PanelState>(
    given.isInstalled ? { kind: 'not-connected', check: { kind: 'idle' } } : { kind: 'install-first' },
  );
  const askAt = async (address: string): Promise<Connected> => {
    const service = given.connect(address);
    const [channels, list] = await Promise.all([service.channels(given.signal), service.roles(given.signal)]);
    return { kind: 'connected', address, channels, list };
  };
  const model: ConnectionModel = {
    state,
    connected: () => (state.value.kind === 'connected' ? state.value : null),
    chat: () => given.connect(chatUrl()),
    isSetUp: () => state.value.kind !== 'install-first' && chatUrl() !== '',
    async load() {
      state.value = { kind: 'loading' };
      try {
        state.value = await model.ask();
      } catch (thrown) {
        state.value = { kind: 'failed', failure: asFailure(thrown) };
      }
    },
    ask: () => askAt(chatUrl()),
    show: connected => {
      state.value = connected;
    },
    showList(list) {
      if (state.value.kind === 'connected') state.value = { ...state.value, list };
    },
    async check(typed) {
      if (state.value.kind === 'not-connected' && state.value.check.kind === 'checking') return false;
      const address = gatewayAddress(typed);
      if (!address) {
        state.value = { kind: 'not-connected', check: { kind: 'invalid' } };
        return false;
      }
      state.value = { kind: 'not-connected', check: { kind: 'checking' } };
      try {
        const connected = await askAt(address);
        if (address !== own.settings.value.chatUrl) own.change({ chatUrl: address });
        state.value = connected;
        return true;
      } catch (thrown) {
        state.value = { kind: 'not-connected', check: { kind: 'failed', failure: asFailure(thrown) } };
        return false;
      }
    },
    disconnect: () => {
      state.value = { kind: 'not-connected', check: { kind: 'idle' } };
    },
  };
  return model;
}
