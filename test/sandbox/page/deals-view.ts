import { dealRowsSchema, type DealRow } from '../wire/cards.ts';
import { ask } from './ask.ts';
import type { Context, View } from './context.ts';
import { element, icon } from './element.ts';
import { ICONS } from './icons.ts';
import { link } from './link.ts';

/** The list of deals, kept up to date while it is on screen. */
export async function dealsView({ words }: Context): Promise<View> {
  const body = element('tbody');
  const empty = element('p', { class: 'empty' }, words.noDealsYet);
  const refresh = async (): Promise<void> => {
    const rows = await ask('/_page/leads', dealRowsSchema);
    body.replaceChildren(...rows.toReversed().map(row));
    empty.hidden = rows.length > 0;
  };
  await refresh();
  const headings = [words.dealName, words.mainContact, words.status, words.responsible].map(word =>
    element('th', { scope: 'col' }, word),
  );
  return {
    title: words.deals,
    card: false,
    tools: [link('/leads/add', { class: 'button-input button-input_blue' }, icon(ICONS.plus), words.newDeal)],
    content: element(
      'div',
      { class: 'list' },
      element('table', { class: 'list__table' }, element('thead', {}, element('tr', {}, ...headings)), body),
      empty,
    ),
    refresh: () => void refresh(),
  };
}

const row = ({ id, name, contactName, status, responsibleName }: DealRow): HTMLElement =>
  element(
    'tr',
    {},
    element('th', { scope: 'row' }, link(`/leads/detail/${id}`, {}, name)),
    element('td', {}, contactName),
    element('td', {}, status),
    element('td', {}, responsibleName),
  );
