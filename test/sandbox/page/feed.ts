import type { FeedEntry } from '../wire/cards.ts';
import type { Context } from './context.ts';
import { element } from './element.ts';

/** The history of the contact or the deal, newest first. */
export function showFeed(place: HTMLElement, entries: readonly FeedEntry[], { words, boot }: Context): void {
  const time = new Intl.DateTimeFormat(boot.language, { dateStyle: 'short', timeStyle: 'short' });
  const said = (entry: FeedEntry): readonly string[] => {
    switch (entry.kind) {
      case 'owner':
        return [`${words.ownerChanged}: ${entry.before} → ${entry.after}`];
      case 'note':
        return [entry.text];
      case 'task':
        return [
          `${words.task}: ${entry.text}`,
          `${entry.responsibleName}, ${time.format(entry.till)}`,
          ...(entry.isCompleted ? [[words.done, entry.result].filter(Boolean).join(': ')] : []),
        ];
    }
  };
  const items = entries.map(entry =>
    element(
      'li',
      { class: `feed__entry feed__entry_${entry.kind}` },
      element('time', { datetime: new Date(entry.at).toISOString() }, time.format(entry.at)),
      element('span', {}, entry.by),
      ...said(entry).map(line => element('p', {}, line)),
    ),
  );
  place.replaceChildren(
    element('h2', { class: 'feed__title' }, words.feed),
    items.length > 0
      ? element('ol', { class: 'feed' }, ...items)
      : element('p', { class: 'quiet' }, words.feedEmpty),
  );
}
