/**
 * What a card shows before anybody has asked for more: it weighs on every card, so it knows the page and nothing else,
 * and asks no server. With a press, or once the person looks into the panel, the part of the card that knows everything
 * is loaded and takes over.
 */
import type { FunctionComponent } from 'preact';
import { signal, type ReadonlySignal } from '@preact/signals';
import { ownershipOf, type Ownership } from '../../../domain/ownership.ts';
import type { HostPage, Dispose } from '../../host/host.ts';

/** Longer nobody waits for a part of the widget: it is told as not loaded, and what was pressed is not done later. */
export const PATIENCE_MS = 20_000;

/** The one thing to do next. */
export type Action = {
  /** No element ever does the work of two actions: what it says may be old, where a page translator holds its text. */
  readonly key: string;
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
  /** What stands under its button then. */
  readonly Under: FunctionComponent;
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
  /** Asks the CRM whose the client is, and nothing else. */
  readonly glance: () => void;
  readonly remove: Dispose;
};

export type ShellState =
  | { readonly kind: 'unsaved' }
  | { readonly kind: 'shown' }
  /** Pressed; what the press needs is being loaded. */
  | { readonly kind: 'opening' }
  /** The rest of the widget could not be loaded: offline, or the page is older than the installed version. */
  | { readonly kind: 'not-loaded' }
  | { readonly kind: 'open'; readonly part: CardPart };

export type CardShell = {
  readonly state: ReadonlySignal<ShellState>;
  /** By what the page shows; `null` in a deal's card, where the page does not tell whose client it is about. */
  readonly ownership: Ownership | null;
  /** Loads what a press will need. Shows it at once when an earlier press has not come to its end. */
  readonly prepare: () => Promise<void>;
  readonly press: () => void;
  readonly look: () => void;
  /** The CRM says that something about the client has changed. What is loaded hears it by itself. */
  readonly changed: () => void;
  readonly remove: Dispose;
};

export function createCardShell({
  page,
  standInOwners,
  load,
}: {
  readonly page: HostPage;
  readonly standInOwners: readonly string[];
  /** Called again after it has failed. */
  readonly load: () => Promise<CardPart>;
}): CardShell {
  const state = signal<ShellState>({ kind: page.place.kind === 'unsaved' ? 'unsaved' : 'shown' });
  let loading: Promise<CardPart> | null = null;
  const loaded = async (): Promise<CardPart | null> => {
    try {
      return await (loading ??= load());
    } catch {
      loading = null;
      return null;
    }
  };
  /** A press is carried out even when the person has moved on to the next card meanwhile, unless it was given up. */
  const open = async (then: (part: CardPart) => void): Promise<void> => {
    let isGivenUp = false;
    const patience = setTimeout(() => {
      isGivenUp = true;
      state.value = { kind: 'not-loaded' };
    }, PATIENCE_MS);
    const part = await loaded();
    clearTimeout(patience);
    if (isGivenUp) return;
    state.value = part ? { kind: 'open', part } : { kind: 'not-loaded' };
    if (part) then(part);
  };
  const isWaiting = (): boolean => state.value.kind === 'shown' || state.value.kind === 'not-loaded';

  return {
    state,
    ownership:
      page.place.kind === 'deal'
        ? null
        : ownershipOf(page.shownOwner(), { me: page.me.id, standInOwners, employee: page.employee }),
    async prepare() {
      const part = await loaded();
      if (part?.isUnsettled && isWaiting()) state.value = { kind: 'open', part };
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
    changed() {
      if (state.value.kind === 'shown') void open(part => part.glance());
    },
    remove: () => void loading?.then(part => part.remove()).catch(() => null),
  };
}
