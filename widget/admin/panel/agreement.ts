/**
 * Whether the chat service and the CRM agree about the clients, according to the server's last comparison. The panel
 * reads it when it opens and repeatedly while it is open.
 */
import { signal, type ReadonlySignal } from '@preact/signals';
import type { Clients, ClientsServer } from '../../account/account.ts';
import type { Failure } from '../../http/failure.ts';
import { settle } from '../../work/settle.ts';

export type AgreementState =
  | { readonly kind: 'reading' }
  /** This server does not compare clients. */
  | { readonly kind: 'absent' }
  | { readonly kind: 'failed'; readonly failure: Failure }
  | { readonly kind: 'read'; readonly clients: Clients }
  /** A comparison is running; `clients` is the previous result. */
  | { readonly kind: 'checking'; readonly clients: Clients };

export type AgreementModel = {
  readonly state: ReadonlySignal<AgreementState>;
  readonly read: () => Promise<void>;
  /** Compares now and retries the clients that were not accepted. */
  readonly again: () => Promise<void>;
  /** Approves sending all clients to the chat service, including those that were held back. */
  readonly send: () => Promise<void>;
  /** For the refresh, which reports failures itself: throws them. */
  readonly check: ClientsServer['check'];
};

export function createAgreement(given: {
  readonly clients: () => ClientsServer;
  /** Aborted when the panel closes. */
  readonly signal: AbortSignal;
}): AgreementModel {
  const state = signal<AgreementState>({ kind: 'reading' });
  /**
   * Allows one automatic comparison when pending work is done, because the numbers were counted before. Each manual
   * check allows one more.
   */
  let maySettle = true;

  async function check(
    stopped: AbortSignal,
    onWait: () => void,
    begin?: () => Promise<void>,
  ): Promise<Clients | null> {
    maySettle = true;
    const before = state.value;
    const busy: AgreementState = before.kind === 'read' ? { ...before, kind: 'checking' } : before;
    state.value = busy;
    try {
      await begin?.();
      const clients = await given.clients().check(stopped, onWait);
      state.value = toldBy(clients);
      return clients;
    } catch (thrown) {
      if (state.value === busy) state.value = before;
      throw thrown;
    }
  }
  const compare = (begin?: () => Promise<void>): Promise<void> =>
    settle<AgreementState>(
      state,
      async show => toldBy(await check(given.signal, () => show(state.value), begin)),
      failed,
    );

  async function read(): Promise<void> {
    const before = state.value;
    if (before.kind === 'checking') return;
    const asked: AgreementState = before.kind === 'read' ? before : { kind: 'reading' };
    state.value = asked;
    await settle<AgreementState>(
      state,
      async () => {
        const told = toldBy(await given.clients().read(given.signal));
        return state.value === asked ? told : null;
      },
      failure => (state.value === asked ? failed(failure) : null),
    );
    if (!maySettle || !waitingIn(before) || waitingIn(state.value) !== 0) return;
    const comparing = compare();
    maySettle = false;
    await comparing;
  }

  return {
    state,
    read,
    again: compare,
    send: () => compare(() => given.clients().release()),
    check,
  };
}

/** How many clients are being checked; `null` while unknown. */
const waitingIn = (state: AgreementState): number | null =>
  state.kind === 'read' ? state.clients.waiting : null;
const toldBy = (clients: Clients | null): AgreementState =>
  clients ? { kind: 'read', clients } : { kind: 'absent' };
const failed = (failure: Failure): AgreementState => ({ kind: 'failed', failure });
