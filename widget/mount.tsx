/**
 * The composition root: host → chat → models → views, each handed to the next. Every function here puts something on
 * the page and returns its undo. What a card needs only after a press, and the settings, load as parts of their own.
 */
import { render, type VNode } from 'preact';
import { signal } from '@preact/signals';
import { CardBody } from './claim/CardBody.tsx';
import { CardCaption } from './claim/CardCaption.tsx';
import card from './claim/card.css?inline';
import { createCardModel } from './claim/model.ts';
import { readOwnSettings } from './domain/own-settings.ts';
import { onVisible, type CardSlots, type Slot } from './host/amocrm/slots.ts';
import type { HostPage, Undo } from './host/host.ts';
import kit from './ui/kit.css?inline';
import { openCorner, type Corner } from './ui/shadow.ts';
import { WordsProvider, type Words } from './words.tsx';

declare const __CHAT_URL__: string;

export type Mounting = {
  readonly page: HostPage;
  readonly words: Words;
  /** The integration's id in the CRM: the address of its one-time tokens. */
  readonly integrationId: string;
  /** Scheme and host of the CRM's page and API. */
  readonly origin: string;
};

export function mountCard({ page, words, integrationId, origin }: Mounting, slots: CardSlots): Undo {
  const own = readOwnSettings(page.ownSettings());
  const model = createCardModel({
    page,
    standInOwners: own.standInOwners,
    loadWork: async () => {
      const { connectClaim } = await import('./connect-claim.ts');
      return connectClaim({
        origin,
        integrationId,
        chatUrl: own.chatUrl || __CHAT_URL__,
        country: page.account.country,
      });
    },
  });
  const isOpen = signal(false);
  const undos = [
    show(page, words, slots.caption, [kit, card], <CardCaption model={model} isOpen={isOpen} />),
    show(page, words, slots.body, [kit, card], <CardBody model={model} />),
    onVisible(slots.body, isVisible => {
      isOpen.value = isVisible;
    }),
  ];
  return () => undos.forEach(undo => undo());
}

export type SettingsMount = {
  readonly remove: Undo;
  /** The CRM has saved what we offered it. */
  readonly kept: () => void;
};

export async function mountSettings(
  { page, words, integrationId, origin }: Mounting,
  slot: Slot,
): Promise<SettingsMount> {
  const { connectSettings } = await import('./connect-settings.tsx');
  const leaving = new AbortController();
  const { model, view, css } = connectSettings({
    page,
    integrationId,
    origin,
    defaultChatUrl: __CHAT_URL__,
    signal: leaving.signal,
  });
  const hide = show(page, words, slot, [kit, ...css], view);
  void model.start();
  return {
    kept: model.kept,
    remove() {
      leaving.abort();
      hide();
    },
  };
}

/** Draws a view in a corner of its own that follows the page's theme. */
function show(page: HostPage, words: Words, slot: Slot, css: readonly string[], view: VNode): Undo {
  const corner: Corner = openCorner(slot, css);
  const follow = (): void => corner.setTheme(page.theme());
  follow();
  const unfollow = page.onTheme(follow);
  render(<WordsProvider words={words}>{view}</WordsProvider>, corner.root);
  return () => {
    unfollow();
    render(null, corner.root);
    corner.remove();
  };
}
