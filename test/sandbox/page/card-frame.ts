/**
 * A card of a contact or a deal: fields on the left, the feed in the middle, widgets on the right. Changes by others
 * appear only in the feed: the fields and `main_user` stay as they were until the card is opened again.
 */
import type * as v from 'valibot';
import { feedSchema } from '../wire/cards.ts';
import { ask, Refused } from './ask.ts';
import type { Context, View } from './context.ts';
import { element, icon } from './element.ts';
import { showFeed } from './feed.ts';
import type { CurrentCard } from './host-app.ts';
import { ICONS } from './icons.ts';
import { link } from './link.ts';
import type { Entity } from './place.ts';
import { rightColumn } from './right-column.ts';

/** Undefined if the record is deleted or hidden. */
export async function sheetAt<Schema extends v.GenericSchema>(
  address: string,
  schema: Schema,
): Promise<v.InferOutput<Schema> | undefined> {
  try {
    return await ask(address, schema);
  } catch (error) {
    if (error instanceof Refused) return undefined;
    throw error;
  }
}

type Framed = {
  readonly entity: Entity;
  readonly title: string;
  readonly card: CurrentCard;
  readonly form: HTMLElement;
  readonly previous: number | null;
  readonly next: number | null;
};

export async function cardFrame(context: Context, framed: Framed): Promise<View> {
  const { words } = context;
  const { entity, title, card, form, previous, next } = framed;
  const feed = element('section', { class: 'card__feed', 'aria-label': words.feed });
  const content = element('div', { id: 'card_holder', class: 'card' });
  content.append(form, feed, rightColumn(context, entity, content));
  const refresh = async (): Promise<void> =>
    showFeed(feed, card.new_card ? [] : await ask(`/_page/${entity}/${card.id}/feed`, feedSchema), context);
  await refresh();
  const step = (id: number | null, label: string, path: string): HTMLElement =>
    id === null
      ? noStep(label, path)
      : link(`/${entity}/detail/${id}`, { class: 'step', 'aria-label': label }, icon(path));
  const { previous: previousWord, next: nextWord } = words.steps[entity];
  return {
    title,
    card,
    content,
    tools: [step(previous, previousWord, ICONS.left), step(next, nextWord, ICONS.right)],
    refresh: () => void refresh().catch(() => undefined),
  };
}

/** Without a path, the link is shown but does nothing. */
const noStep = (label: string, path: string): HTMLElement =>
  element('a', { class: 'step', role: 'link', 'aria-disabled': 'true', 'aria-label': label }, icon(path));

export function absentView({ words }: Context, entity: Entity): View {
  const { title, back } = words.absent[entity];
  return {
    title,
    card: false,
    content: element(
      'div',
      { class: 'empty' },
      element('p', {}, words.absentText),
      link(`/${entity}`, {}, back),
    ),
  };
}
