/**
 * What a card shows before anybody has asked for more: it weighs on every card, so it knows the page and nothing else,
 * and asks no server. With a press, or once the person looks into the panel, the part of the card that knows everything
 * is loaded and takes over.
 */
import type { FunctionComponent } from 'preact';
import { signal, type ReadonlySignal } from '@preact/signals';
import { ownershipOf, type Ownership } from '../domain/ownership.ts';
import type { HostPage, Undo } from '../host/host.ts';

/** The one thing to do next. */
export type Action = {
  readonly label: string;
  readonly kind: 'primary' | 'plain';
  readonly busy: boolean;
  readonly disabled?: boolean;
  readonly press: () => void;
};

/** The loaded part. */
export type CardPart = {
  readonly css: readonly string[];
  /** Whose client this is, in one line. Shows while the CRM keeps the panel folded. */
  readonly Line: FunctionComponent;
  /** The unfolded panel, apart from the button. */
  readonly Above: FunctionComponent;
  readonly Below: FunctionComponent;
  readonly action: ReadonlySignal<Action | null>;
  /** Whether a claim of this client, from before the card was opened, is still under way. */
  readonly isUnsettled: boolean;
  /** What the button of the first face promised. */
  readonly press: () => void;
  /** The person looks at the panel. Asks the servers, unless it just has. */
  readonly look: () => void;
  readonly remove: Undo;
};

export type FirstState =
  | { readonly kind: 'unsaved' }
  | { readonly kind: 'shown' }
  /** Pressed; what the press needs is being loaded. */
  | { readonly kind: 'opening' }
  /** The rest of the widget could not be loaded: offline, or the page is older than the installed version. */
  | { readonly kind: 'not-loaded' }
  | { readonly kind: 'open'; readonly part: CardPart };

export type First = {
  readonly state: ReadonlySignal<FirstState>;
  /** By what the page shows; `null` in a deal's card, where the page does not tell whose client it is about. */
  readonly ownership: Ownership | null;
  /** Loads what a press will need. Shows it at once when an earlier press has not come to its end. */
  readonly prepare: () => Promise<void>;
  readonly press: () => void;
  readonly look: () => void;
  readonly remove: Undo;
};

export function createFirst({
  page,
  standInOwners,
  load,
}: {
  readonly page: HostPage;
  readonly standInOwners: readonly string[];
  /** Called again after it has failed. */
  readonly load: () => Promise<CardPart>;
}): First {
  const state = signal<FirstState>({ kind: page.place.kind === 'unsaved' ? 'unsaved' : 'shown' });
  let loading: Promise<CardPart> | null = null;
  let isLeft = false;
  const loaded = (): Promise<CardPart> => {
    loading ??= load().catch((error: unknown) => {
      loading = null;
      throw error;
    });
    return loading;
  };
  /** A press is carried out even when the person has moved on to the next card meanwhile. */
  const open = async (then: (part: CardPart) => void): Promise<void> => {
    const part = await loaded().catch(() => null);
    if (part) then(part);
    if (!isLeft) state.value = part ? { kind: 'open', part } : { kind: 'not-loaded' };
  };
  const isWaiting = (): boolean => ['shown', 'not-loaded'].includes(state.value.kind);

  return {
    state,
    ownership:
      page.place.kind === 'deal'
        ? null
        : ownershipOf(page.shownOwner(), { me: page.me.id, standInOwners, employee: page.employee }),
    async prepare() {
      const part = await loaded().catch(() => null);
      if (part?.isUnsettled && isWaiting() && !isLeft) state.value = { kind: 'open', part };
    },
    press() {
      if (!isWaiting()) return;
      state.value = { kind: 'opening' };
      void open(part => part.press());
    },
    look() {
      const now = state.value;
      if (now.kind === 'open') now.part.look();
      else if (isWaiting()) void open(part => part.look());
    },
    remove() {
      isLeft = true;
      void loading?.then(part => part.remove()).catch(() => null);
    },
  };
}
