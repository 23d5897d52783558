/** The client of a card. A deal's page names no clients, so the CRM's server is asked. The main client comes first. */
import { signal, type ReadonlySignal } from '@preact/signals';
import type { Contact, Dispose } from '../../../host/host.ts';
import { asFailure, type Failure } from '../../../http/failure.ts';
import type { CardGiven } from './card-given.ts';
import { createCardModel, type CardModel } from './card.ts';

export type ClientChoice =
  | { readonly kind: 'unread' }
  /** `isPressed`: the person has pressed the button and is waiting. */
  | { readonly kind: 'reading'; readonly isPressed: boolean }
  | { readonly kind: 'none' }
  /** `retry` reads again, without showing the failure in the meantime. */
  | { readonly kind: 'failed'; readonly failure: Failure; readonly retry: () => void }
  /** `clients`: all clients of the deal; empty if the page names the client. */
  | { readonly kind: 'chosen'; readonly card: CardModel; readonly clients: readonly Contact[] };

export type ClientModel = {
  readonly state: ReadonlySignal<ClientChoice>;
  readonly choose: (contactId: string) => void;
  readonly look: () => void;
  /** See `CardModel.glance`. */
  readonly glance: () => void;
  /** Does what the card's first button says: takes a free client, or shows any other client. */
  readonly press: () => void;
  readonly remove: Dispose;
};

type ClientGiven = Omit<CardGiven, 'contactId' | 'shownOwner'>;

export function ofContact(given: CardGiven): ClientModel {
  const card = createCardModel(given);
  return {
    state: signal<ClientChoice>({ kind: 'chosen', card, clients: [] }),
    choose: () => undefined,
    look: card.look,
    glance: card.glance,
    press() {
      if (card.ownership.value.kind === 'free') card.claim();
      else card.look();
    },
    remove: card.remove,
  };
}

export function ofDeal(given: ClientGiven & { readonly dealId: string }): ClientModel {
  const { records } = given.services;
  const state = signal<ClientChoice>({ kind: 'unread' });
  const gone = new AbortController();
  const show = (contact: Contact, clients: readonly Contact[]): CardModel => {
    if (state.value.kind === 'chosen') state.value.card.remove();
    const card = createCardModel({ ...given, contactId: contact.id, shownOwner: contact.ownerId });
    state.value = { kind: 'chosen', card, clients };
    return card;
  };
  let pending: Promise<ClientChoice> | null = null;
  const read = (isPressed: boolean): Promise<ClientChoice> => {
    if (state.value.kind === 'chosen') return Promise.resolve(state.value);
    // If the person is not waiting for the answer, the view does not change.
    if (isPressed || state.value.kind === 'unread') state.value = { kind: 'reading', isPressed };
    pending ??= readAnew().finally(() => {
      pending = null;
    });
    return pending;
  };
  const readAnew = async (): Promise<ClientChoice> => {
    try {
      const clients = await records.clientsOf(given.dealId, gone.signal);
      const [main] = clients;
      if (gone.signal.aborted) return state.value;
      if (main) show(main, clients);
      else state.value = { kind: 'none' };
    } catch (thrown) {
      if (!gone.signal.aborted) {
        state.value = { kind: 'failed', failure: asFailure(thrown), retry: () => void look(true) };
      }
    }
    return state.value;
  };
  const look = async (isPressed: boolean): Promise<void> => {
    const choice = await read(isPressed);
    if (choice.kind === 'chosen') choice.card.look();
  };
  const press = async (): Promise<void> => {
    const choice = await read(true);
    if (choice.kind !== 'chosen') return;
    // With several clients the person chooses first.
    if (choice.clients.length < 2 && choice.card.ownership.value.kind === 'free') choice.card.claim();
    else choice.card.look();
  };
  return {
    state,
    choose(contactId) {
      if (state.value.kind !== 'chosen') return;
      const { clients } = state.value;
      const chosen = clients.find(({ id }) => id === contactId);
      if (chosen) show(chosen, clients).look();
    },
    look: () => void look(false),
    glance: () => state.value.kind === 'chosen' && state.value.card.glance(),
    press: () => void press(),
    remove() {
      gone.abort();
      if (state.value.kind === 'chosen') state.value.card.remove();
    },
  };
}
