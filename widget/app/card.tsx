/**
 * Puts the widget on a card: host → services → models → views. Returns a function that removes everything. What a card
 * needs only after a look or a press loads separately (seller.tsx).
 */
import { signal } from '@preact/signals';
import { readOwnSettings } from '../../domain/own-settings.ts';
import { isClaimLeft } from '../browser/storage.ts';
import { cachedOwn } from '../account/own-cache.ts';
import type { CardSlots, Dispose } from '../host/host.ts';
import { createCardShell } from '../seller/card/card-shell.ts';
import { Card, CardCaption } from '../seller/card/Card.tsx';
import card from '../seller/card/card.css?inline';
import kit from '../ui/kit.css?inline';
import type { Mounting } from './mounting.ts';
import { show } from './show.tsx';

export function mountCard(mounting: Mounting, slots: CardSlots): Dispose {
  const { dictionary } = mounting;
  const { page } = mounting.kit;
  const { words } = dictionary;
  const shell = createCardShell({
    page,
    standInOwners: readOwnSettings(cachedOwn(page).text).standInOwners,
    async load() {
      const [{ connectCard }, openRecords] = await Promise.all([
        import('./seller.tsx'),
        mounting.kit.loadRecords(),
        dictionary.complete(),
      ]);
      const part = connectCard(mounting, openRecords);
      [caption, body].forEach(one => one.adopt(part.css));
      return part;
    },
  });
  const isOpen = signal(false);
  let isReached = false;
  const look = (): void => {
    if (isReached && isOpen.value) shell.look();
  };
  const caption = show(
    page,
    words,
    slots.caption,
    [kit, card],
    <CardCaption shell={shell} isOpen={isOpen} />,
  );
  const body = show(page, words, slots.body, [kit, card], <Card shell={shell} />);
  if (isUnfinished(mounting)) void shell.prepare();
  const { place } = page;
  const disposals = [
    place.kind === 'contact' ? page.onChange(place.contactId, shell.changed) : ignore,
    shell.remove,
    caption.remove,
    body.remove,
    slots.onVisible(isVisible => {
      isOpen.value = isVisible;
      look();
    }),
    onReached([slots.caption.parent, slots.body.parent], () => {
      isReached = true;
      look();
    }),
  ];
  return () => disposals.forEach(dispose => dispose());
}

const ignore = (): void => undefined;

/** Whether an earlier page left a claim that was not reported to the server. */
export const isUnfinished = ({ kit: { page } }: Mounting): boolean =>
  isClaimLeft(() => localStorage, { account: page.account.id, person: page.me.id });

/**
 * Calls back once, when the person's pointer or focus reaches one of these elements. A card that opens under a resting
 * pointer, with the panel unfolded as the CRM remembers it, does not count.
 */
function onReached(places: readonly Element[], listener: () => void): Dispose {
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
