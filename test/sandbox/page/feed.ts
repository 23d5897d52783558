import type { FeedEntry } from '../wire/contacts.ts';
import type { Context } from './context.ts';
import { element } from './element.ts';

/** What happened to the contact, newest first. */
export function showFeed(place: HTMLElement, entries: readonly FeedEntry[], { words, boot }: Context): void {
  const time = new Intl.DateTimeFormat(boot.language, { dateStyle: 'short', timeStyle: 'short' });
  const items = entries.map(({ at, by, text }) =>
    element(
      'li',
      { class: 'feed__entry' },
      element('time', { datetime: new Date(at).toISOString() }, time.format(at)),
      element('span', {}, by),
      element('p', {}, `${words.ownerChanged}: ${text}`),
    ),
  );
  place.replaceChildren(
    element('h2', { class: 'feed__title' }, words.feed),
    items.length > 0
      ? element('ol', { class: 'feed' }, ...items)
      : element('p', { class: 'quiet' }, words.feedEmpty),
  );
}
