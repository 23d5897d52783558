/**
 * The composition root of a card: host → chat → models → views, each handed to the next. It puts something on the page
 * and returns its undo. What a card needs only once somebody looks or presses loads as a part of its own.
 */
import { signal } from '@preact/signals';
import { allowed } from './allowed.ts';
import { Card, CardCaption } from './claim/Card.tsx';
import card from './claim/card.css?inline';
import { createFirst } from './claim/first.ts';
import { readOwnSettings } from '../domain/own-settings.ts';
import { onVisible, type CardSlots } from './host/amocrm/slots.ts';
import type { HostPage, Undo } from './host/host.ts';
import kit from './ui/kit.css?inline';
import { knownOwn } from './kept-own.ts';
import { show } from './show.tsx';
import type { Dictionary } from './words.tsx';

export type Mounting = {
  readonly page: HostPage;
  readonly dictionary: Dictionary;
  /** The integration's id in the CRM: the address of its one-time tokens. */
  readonly integrationId: string;
  /** Scheme and host of the CRM's page and API. */
  readonly origin: string;
};

export function mountCard(mounting: Mounting, slots: CardSlots): Undo {
  const { page, dictionary } = mounting;
  const { words } = dictionary;
  const first = createFirst({
    page,
    standInOwners: readOwnSettings(knownOwn(page).text).standInOwners,
    async load() {
      const [{ connectCard }] = await Promise.all([import('./connect-seller.tsx'), dictionary.complete()]);
      const part = connectCard(mounting);
      [caption, body].forEach(one => one.adopt(part.css));
      return part;
    },
  });
  const isOpen = signal(false);
  let isReached = false;
  const look = (): void => {
    if (isReached && isOpen.value) first.look();
  };
  const caption = show(
    page,
    words,
    slots.caption,
    [kit, card],
    <CardCaption first={first} isOpen={isOpen} />,
  );
  const body = show(page, words, slots.body, [kit, card], <Card first={first} />);
  if (isUnfinished(page)) void first.prepare();
  const { place } = page;
  const undos = [
    place.kind === 'contact' ? page.onChange(place.contactId, first.hear) : ignore,
    first.remove,
    caption.remove,
    body.remove,
    onVisible(slots.body, isVisible => {
      isOpen.value = isVisible;
      look();
    }),
    onReached([slots.caption.parent, slots.body.parent], () => {
      isReached = true;
      look();
    }),
  ];
  return () => undos.forEach(undo => undo());
}

const ignore = (): void => undefined;

/** Whether a page that was reloaded or closed has left a claim of which the server has not heard. */
export function isUnfinished({ account, me }: HostPage): boolean {
  const left = new RegExp(`^crm-chat-roles:claims:${account.id}:v1:${me.id}:`);
  return allowed(() => Object.keys(localStorage).some(key => left.test(key))) ?? false;
}

/**
 * Hears once when the person's own pointer or focus comes to one of these places. A card that opens under a resting
 * pointer, with the panel unfolded as the CRM remembers it, counts as not asked for.
 */
function onReached(places: readonly Element[], listener: () => void): Undo {
  const heard = new AbortController();
  for (const place of places) {
    for (const event of ['pointermove', 'pointerdown', 'focusin']) {
      const hear = (): void => {
        heard.abort();
        listener();
      };
      place.addEventListener(event, hear, { signal: heard.signal });
    }
  }
  return () => heard.abort();
}
