/** How the card names people and times. */
import { contained } from '../../../../domain/contained.ts';
import type { Words } from '../../../words/words.tsx';
import type { CardModel } from '../model/card.ts';

/** `id` is `null` for a robot or an unknown person. */
export function nameOf({ given }: CardModel, id: string | null, t: Words): string {
  return id === null
    ? t('claim.robot')
    : contained(given.page.employee(id)?.name ?? t('card.employee', { id }));
}

/** `by` is `null` when I may not know who. */
export const heldText = (model: CardModel, by: string | null, t: Words): string =>
  t('claim.held', { by: by === null ? t('claim.somebody') : nameOf(model, by, t) });

/** Today's times are shown without the date. */
export function timeOf({ given }: CardModel, unixSeconds: number): string {
  const at = new Date(unixSeconds * 1000);
  const isToday = at.toDateString() === new Date().toDateString();
  return new Intl.DateTimeFormat(given.page.locale, {
    timeStyle: 'short',
    ...(isToday ? {} : { dateStyle: 'short' }),
  }).format(at);
}
