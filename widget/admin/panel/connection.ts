/** Whether and how the account is connected to its chat service, and what the service answered last. */
import { signal, type ReadonlySignal } from '@preact/signals';
import {
  NOT_CONNECTED,
  NOT_HEARD,
  type Chat,
  type ChatMode,
  type RoleList,
  type Standing,
} from '../../chat/chat.ts';
import type { Channel } from '../../../domain/channel.ts';
import { gatewayAddress } from '../../../domain/gateway-address.ts';
import type { HostPage } from '../../host/host.ts';
import { asFailure, Failure } from '../../http/failure.ts';
import { wait } from '../../http/retry.ts';
import { settle } from '../../work/settle.ts';
import { openTab } from '../trial/tab.ts';
import type { OwnModel } from './own.ts';

export type Connected = {
  readonly kind: 'connected';
  readonly mode: ChatMode;
  readonly standing: Standing;
  readonly channels: readonly Channel[];
  /** How many further channels this version could not read. */
  readonly channelsNotUnderstood: number;
  /** Empty if the connection covers only channels. */
  readonly list: RoleList;
};

export type NotConnected = {
  readonly kind: 'not-connected';
  readonly step: Step;
  readonly ways: readonly string[];
  /** Whether an account is connected already. It stays connected until another one replaces it. */
  readonly replaces: boolean;
};

export type PanelState =
  | { readonly kind: 'install-first' }
  /** The CRM has not reported the installation to the server, or the server has lost it. */
  | { readonly kind: 'not-heard' }
  | { readonly kind: 'loading' }
  | { readonly kind: 'failed'; readonly failure: Failure }
  | NotConnected
  | Connected;

export type Step =
  | { readonly kind: 'idle' }
  | { readonly kind: 'busy' }
  /** The person is on the service's own pages; `address` opens them from here as well. */
  | { readonly kind: 'away'; readonly address: string }
  /** What a key gives access to. It is not connected yet. */
  | {
      readonly kind: 'found';
      readonly key: string;
      readonly mode: ChatMode;
      readonly channels: readonly Channel[];
    }
  | { readonly kind: 'invalid' }
  | { readonly kind: 'failed'; readonly failure: Failure };

export type ConnectionModel = {
  readonly state: ReadonlySignal<PanelState>;
  /** The connected state, or `null`. */
  readonly connected: () => Connected | null;
  readonly chat: () => Chat;
  /** Whether a server address is known. */
  readonly isSetUp: () => boolean;
  /** The page on which an admin grants the server access to the CRM. */
  readonly allowAddress: () => string;
  readonly load: () => Promise<void>;
  /** Asks the server without changing the state; throws a `Failure`. */
  readonly ask: () => Promise<Connected>;
  readonly show: (connected: Connected) => void;
  /** Shows a newer list of roles, whoever wrote it. */
  readonly showList: (list: RoleList) => void;
  /** Opens the service's own pages in a new tab, which shows `opening` until they load. */
  readonly travel: (opening: string) => Promise<void>;
  readonly look: (key: string) => Promise<void>;
  /** Connects the account that was found. */
  readonly accept: () => Promise<void>;
  /** Checks a typed address of a company's own server. */
  readonly check: (typed: string) => Promise<void>;
  /** Starts connecting another account. The present connection stays. */
  readonly replace: () => void;
  /** Returns to the ways to connect. */
  readonly back: () => void;
  readonly disconnect: () => Promise<void>;
};

const NO_ROLES: RoleList = {
  assignments: [],
  notifySupervisors: false,
  version: '',
  writable: false,
  notUnderstood: 0,
  asRead: null,
};
/** The CRM reports an installation to the server within seconds. */
const HEARD_AFTER_MS = 1000;
const MOST_TRIES = 6;
const FOLLOW_MS = 2000;

export function createConnection(given: {
  readonly own: OwnModel;
  readonly connect: (gateway: string) => Chat;
  readonly page: Pick<HostPage, 'allowAddress' | 'isInstalled' | 'locale' | 'origin'>;
  readonly signal: AbortSignal;
}): ConnectionModel {
  const { own, page } = given;
  const chat = (): Chat => given.connect(own.gateway());
  let ways: readonly string[] = [];
  const idle: Step = { kind: 'idle' };
  const notConnected = (replaces = false): NotConnected => ({
    kind: 'not-connected',
    step: idle,
    ways,
    replaces,
  });
  const state = signal<PanelState>(page.isInstalled() ? notConnected() : { kind: 'install-first' });

  const askAt = async (address: string): Promise<Connected | NotConnected> => {
    const service = given.connect(address);
    const standing = await service.connection.state(given.signal);
    const { mode } = standing;
    ({ ways } = standing);
    if (!mode) return notConnected();
    const [channels, list] = await Promise.all([
      service.channels(given.signal),
      mode === 'channels' ? NO_ROLES : service.roles(given.signal),
    ]);
    return {
      kind: 'connected',
      mode,
      standing,
      channels: channels.items,
      channelsNotUnderstood: channels.notUnderstood,
      list,
    };
  };
  /** Retries, because the report of a recent installation may still be on its way to the server. */
  const askWhenHeard = async (tries = MOST_TRIES): Promise<PanelState> => {
    try {
      return await askAt(own.gateway());
    } catch (thrown) {
      if (asFailure(thrown).reason !== NOT_HEARD) throw thrown;
      if (tries <= 1) return { kind: 'not-heard' };
      await wait(HEARD_AFTER_MS, given.signal);
      return askWhenHeard(tries - 1);
    }
  };
  /** The state of a step on the way to a connection. */
  const at = (step: Step): NotConnected => {
    const shown = state.value;
    return { ...(shown.kind === 'not-connected' ? shown : notConnected()), step };
  };
  const step = (work: () => Promise<PanelState>): Promise<void> => {
    const shown = state.value;
    if (shown.kind === 'not-connected' && shown.step.kind === 'busy') return Promise.resolve();
    return settle<PanelState>(
      state,
      async show => {
        show(at({ kind: 'busy' }));
        return work();
      },
      failure => at({ kind: 'failed', failure }),
    );
  };
  /** Polls until the connection changes or the person leaves this step. */
  const follow = async (before: string | null): Promise<void> => {
    const followed = state.value;
    for (;;) {
      await wait(FOLLOW_MS, given.signal);
      if (given.signal.aborted || state.value !== followed) return;
      const { mode, since } = await chat()
        .connection.state(given.signal)
        .catch(() => ({ mode: null, since: before }));
      if (mode && since !== before) return state.value === followed ? model.load() : undefined;
    }
  };

  const model: ConnectionModel = {
    state,
    connected: () => (state.value.kind === 'connected' ? state.value : null),
    chat,
    isSetUp: () => state.value.kind !== 'install-first' && own.gateway() !== '',
    allowAddress: () => page.allowAddress ?? `${own.gateway()}/allow?from=${page.origin}`,
    load: () =>
      settle<PanelState>(
        state,
        async show => {
          show({ kind: 'loading' });
          return askWhenHeard();
        },
        failure => ({ kind: 'failed', failure }),
      ),
    async ask() {
      const asked = await askAt(own.gateway());
      if (asked.kind === 'connected') return asked;
      throw new Failure('refused', 'chat', { reason: NOT_CONNECTED });
    },
    show: connected => {
      state.value = connected;
    },
    showList(list) {
      if (state.value.kind === 'connected') state.value = { ...state.value, list };
    },
    async travel(opening) {
      const tab = openTab(opening);
      let before: string | null = null;
      await step(async () => {
        const { connection } = chat();
        before = (await connection.state(given.signal)).since;
        const address = await connection.journey(page.locale, 'connect');
        tab?.go(address);
        return at({ kind: 'away', address });
      });
      const { value } = state;
      if (value.kind === 'not-connected' && value.step.kind === 'away') await follow(before);
      else tab?.close();
    },
    look: key =>
      step(async () => {
        const found = await chat().connection.look(key.trim());
        return at({ kind: 'found', key: key.trim(), ...found });
      }),
    async accept() {
      const { value } = state;
      if (value.kind !== 'not-connected' || value.step.kind !== 'found') return;
      const { key } = value.step;
      await step(async () => {
        await chat().connection.connect(key, value.replaces);
        return askAt(own.gateway());
      });
    },
    check: typed =>
      step(async () => {
        const address = gatewayAddress(typed);
        if (!address) return at({ kind: 'invalid' });
        const asked = await askAt(address);
        if (address !== own.settings.value.chatUrl) own.offerAddress?.(address);
        return asked;
      }),
    replace() {
      state.value = notConnected(true);
    },
    back() {
      state.value = at(idle);
    },
    disconnect: () =>
      settle<PanelState>(
        state,
        async show => {
          show({ kind: 'loading' });
          await chat().connection.disconnect();
          return askWhenHeard();
        },
        failure => ({ kind: 'failed', failure }),
      ),
  };
  return model;
}
