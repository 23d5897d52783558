/** What the card knows about its client, as one value, and what a press does to it. */
import { signal, type ReadonlySignal } from '@preact/signals';
import { ownershipOf, type Ownership } from '../domain/ownership.ts';
import type { HostPage } from '../host/host.ts';
import type { Failure } from '../http/failure.ts';
import type { ChatOutcome, CrmOutcome } from './claim.ts';
import type { ClaimOf, ClaimWork } from './work.ts';

/** What the card's first face draws by itself. */
export type FirstState =
  | { readonly kind: 'unsaved' }
  /** What the page shows, before anybody asked the CRM. */
  | { readonly kind: 'shown'; readonly ownership: Ownership }
  | { readonly kind: 'claiming' }
  /** The rest of the widget could not be loaded: offline, or the page is older than the installed version. */
  | { readonly kind: 'not-loaded' };

/** What a press has led to. Its faces load together with the steps of the claim. */
export type OutcomeState =
  /** The CRM says: mine. The chat service is still being told. */
  | { readonly kind: 'telling' }
  | { readonly kind: 'claimed'; readonly chat: ChatOutcome }
  /** Somebody else became responsible since the card was opened. */
  | { readonly kind: 'taken'; readonly ownership: Ownership }
  | { readonly kind: 'forbidden' }
  | { readonly kind: 'missing' }
  | { readonly kind: 'failed'; readonly failure: Failure }
  | { readonly kind: 'unknown'; readonly failure: Failure };

export type CardState = FirstState | OutcomeState;

export type CardModel = {
  readonly state: ReadonlySignal<CardState>;
  readonly claim: () => Promise<void>;
  /** Reads what became of the client and, if he is mine, tells the chat service once more. Changes nothing in the CRM. */
  readonly lookAgain: () => Promise<void>;
  /** Loads what a press will need. */
  readonly prepare: () => void;
};

export function createCardModel({
  page,
  standInOwners,
  loadWork,
}: {
  readonly page: HostPage;
  readonly standInOwners: readonly string[];
  readonly loadWork: () => Promise<ClaimWork>;
}): CardModel {
  const ownershipBy = (ownerId: string | null): Ownership =>
    ownershipOf(ownerId, { me: page.me.id, standInOwners, employee: page.employee });
  const contactId = page.place.kind === 'contact' ? page.place.contactId : null;
  /** The owner whom the seller sees while he decides. */
  let basedOn = page.shownOwner();
  const state = signal<CardState>(
    contactId === null ? { kind: 'unsaved' } : { kind: 'shown', ownership: ownershipBy(basedOn) },
  );

  const show = async (work: ClaimWork, outcome: CrmOutcome): Promise<void> => {
    switch (outcome.kind) {
      case 'mine':
        state.value = { kind: 'telling' };
        state.value = { kind: 'claimed', chat: await work.tell(outcome.contact, page.me.id) };
        return;
      case 'changed':
        // A second look found the owner whom the seller saw: nothing has changed, and nothing was taken.
        if (outcome.ownerId === basedOn) {
          state.value = { kind: 'shown', ownership: ownershipBy(basedOn) };
          return;
        }
        basedOn = outcome.ownerId;
        state.value = { kind: 'taken', ownership: ownershipBy(outcome.ownerId) };
        return;
      case 'forbidden':
      case 'missing':
      case 'failed':
      case 'unknown':
        state.value = outcome;
    }
  };
  /** One step at a time: a second press while one is under way does nothing. */
  const step = async (
    waiting: CardState,
    take: (work: ClaimWork, of: ClaimOf) => Promise<void>,
  ): Promise<void> => {
    if (contactId === null || isBusy(state.value)) return;
    state.value = waiting;
    const work = await loadWork().catch(() => null);
    if (work) await take(work, { contactId, me: page.me.id, basedOn });
    else state.value = { kind: 'not-loaded' };
  };

  return {
    state,
    claim: () => step({ kind: 'claiming' }, async (work, of) => show(work, await work.claim(of))),
    lookAgain: () =>
      step({ kind: state.value.kind === 'claimed' ? 'telling' : 'claiming' }, async (work, of) =>
        show(work, await work.lookAgain(of)),
      ),
    prepare: () => void loadWork().catch(() => null),
  };
}

export const isBusy = (state: CardState): boolean => state.kind === 'claiming' || state.kind === 'telling';

/** Whether the button can be pressed: nobody has the client, or the last try changed nothing. */
export function isClaimable(state: CardState): boolean {
  switch (state.kind) {
    case 'shown':
    case 'taken':
      return state.ownership.kind === 'free';
    case 'failed':
    case 'not-loaded':
      return true;
    case 'unsaved':
    case 'claiming':
    case 'telling':
    case 'claimed':
    case 'forbidden':
    case 'missing':
    case 'unknown':
      return false;
  }
}
