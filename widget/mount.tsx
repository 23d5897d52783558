/**
 * The composition root: host → chat → models → views, each handed to the next. Every function here puts something on
 * the page and returns its undo. What a card needs only after a press, and the settings, load as parts of their own.
 */
import { render, type VNode } from 'preact';
import { signal } from '@preact/signals';
import { Card, CardCaption, type OutcomeFaces } from './claim/Card.tsx';
import card from './claim/card.css?inline';
import { createCardModel } from './claim/model.ts';
import { readOwnSettings } from './domain/own-settings.ts';
import { onVisible, type CardSlots, type Slot } from './host/amocrm/slots.ts';
import type { HostPage, Undo } from './host/host.ts';
import kit from './ui/kit.css?inline';
import { openCorner, type Corner } from './ui/shadow.ts';
import { WordsProvider, type Dictionary, type Words } from './words.tsx';

declare const __CHAT_URL__: string;

export type Mounting = {
  readonly page: HostPage;
  readonly dictionary: Dictionary;
  /** The integration's id in the CRM: the address of its one-time tokens. */
  readonly integrationId: string;
  /** Scheme and host of the CRM's page and API. */
  readonly origin: string;
};

export function mountCard({ page, dictionary, integrationId, origin }: Mounting, slots: CardSlots): Undo {
  const own = readOwnSettings(page.ownSettings());
  const { words } = dictionary;
  const faces = signal<OutcomeFaces | null>(null);
  const model = createCardModel({
    page,
    standInOwners: own.standInOwners,
    async loadWork() {
      const [part] = await Promise.all([import('./connect-claim.ts'), dictionary.complete()]);
      faces.value = part.faces;
      const chatUrl = own.chatUrl || __CHAT_URL__;
      return part.connectClaim({ origin, integrationId, chatUrl, country: page.account.country });
    },
  });
  const isOpen = signal(false);
  const undos = [
    show(
      page,
      words,
      slots.caption,
      [kit, card],
      <CardCaption model={model} faces={faces} isOpen={isOpen} />,
    ),
    show(page, words, slots.body, [kit, card], <Card model={model} faces={faces} />),
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
  /** The CRM has switched the widget off. */
  readonly disabled: () => void;
};

export async function mountSettings(
  { page, dictionary, integrationId, origin }: Mounting,
  slot: Slot,
): Promise<SettingsMount> {
  const [{ connectSettings }] = await Promise.all([import('./connect-settings.tsx'), dictionary.complete()]);
  const leaving = new AbortController();
  const { model, disabled, view, css } = connectSettings({
    page,
    integrationId,
    origin,
    defaultChatUrl: __CHAT_URL__,
    signal: leaving.signal,
  });
  const hide = show(page, dictionary.words, slot, [kit, ...css], view);
  void model.start();
  return {
    kept: model.own.kept,
    disabled,
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
