/**
 * What a card shows at first. It is loaded with every card, so it is small, knows only the page and asks no server. When the
 * person presses the button or opens the panel, the rest of the card is loaded and takes over.
 */
import type { FunctionComponent } from 'preact';
import { signal, type ReadonlySignal } from '@preact/signals';
import { ownershipOf, type Ownership } from '../../../domain/ownership.ts';
import type { HostPage, Dispose } from '../../host/host.ts';

/** How long to wait for the rest of the card. After that it counts as not loaded, and the press is dropped. */
export const PATIENCE_MS = 20_000;

/** The one thing to do next. */
export type Action = {
  /** Each action gets its own element, because a page translator may hold on to an old button's text. */
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
  /** The owner in one line, shown while the CRM folds the panel. */
  readonly Line: FunctionComponent;
  /** Shown under the button of the folded panel. */
  readonly Under: FunctionComponent;
  /** The unfolded panel, above and below the button. */
  readonly Above: FunctionComponent;
  readonly Below: FunctionComponent;
  readonly action: ReadonlySignal<Action | null>;
  /** Whether a claim from before the card was opened is still under way. */
  readonly isUnsettled: boolean;
  /** Does what the card's first button says. */
  readonly press: () => void;
  /** The person looks at the panel. Reads everything, unless that was a moment ago. */
  readonly look: () => void;
  /** Reads only the client's owner in the CRM. */
  readonly glance: () => void;
  readonly remove: Dispose;
};

export type ShellState =
  | { readonly kind: 'unsaved' }
  | { readonly kind: 'shown' }
  /** Pressed. The rest of the card is being loaded. */
  | { readonly kind: 'opening' }
  /** The rest of the card could not be loaded: offline, or the page is older than the installed version. */
  | { readonly kind: 'not-loaded' }
  | { readonly kind: 'open'; readonly part: CardPart };

export type CardShell = {
  readonly state: ReadonlySignal<ShellState>;
  /** As the page shows it; `null` in a deal's card, because the page does not show the client's owner. */
  readonly ownership: Ownership | null;
  /** Loads the rest of the card ahead of a press. Shows it at once if an earlier press is still under way. */
  readonly prepare: () => Promise<void>;
  readonly press: () => void;
  readonly look: () => void;
  /** The CRM says that something about the client has changed. An open card is notified without this. */
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
  /** Called again after a failure. */
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
  /** A press is carried out even if the person has moved on to another card, unless loading took too long. */
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
