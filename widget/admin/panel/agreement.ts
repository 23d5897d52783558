/**
 * Whether the chat service and the CRM agree about the clients, as our server last found by comparing them. The panel reads it
 * when it opens, and again for as long as it is open.
 */
import { signal, type ReadonlySignal } from '@preact/signals';
import type { Clients, ClientsServer } from '../../account/account.ts';
import type { Failure } from '../../http/failure.ts';
import { settle } from '../../work/settle.ts';

export type AgreementState =
  | { readonly kind: 'reading' }
  /** This server does not compare. */
  | { readonly kind: 'absent' }
  | { readonly kind: 'failed'; readonly failure: Failure }
  | { readonly kind: 'read'; readonly clients: Clients }
  /** They are being compared; the clients are those of before. */
  | { readonly kind: 'checking'; readonly clients: Clients };

export type AgreementModel = {
  readonly state: ReadonlySignal<AgreementState>;
  readonly read: () => Promise<void>;
  /** Compares now and tries again what was not taken. */
  readonly again: () => Promise<void>;
  /** Has the chat service told of all clients, and what was held done. */
  readonly send: () => Promise<void>;
  /** For the refresh, which tells of a failure itself: throws it. */
  readonly check: ClientsServer['check'];
};

export function createAgreement(given: {
  readonly clients: () => ClientsServer;
  /** The panel is closed. */
  readonly signal: AbortSignal;
}): AgreementModel {
  const state = signal<AgreementState>({ kind: 'reading' });
  /** What was counted before the work was done is compared again once it is: by itself, and once for each press. */
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

/** How many clients are being looked at; `null` while that is not known. */
const waitingIn = (state: AgreementState): number | null =>
  state.kind === 'read' ? state.clients.waiting : null;
const toldBy = (clients: Clients | null): AgreementState =>
  clients ? { kind: 'read', clients } : { kind: 'absent' };
const failed = (failure: Failure): AgreementState => ({ kind: 'failed', failure });
