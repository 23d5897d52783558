import { dealRowsSchema, type DealRow } from '../wire/cards.ts';
import { ask } from './ask.ts';
import type { Context, View } from './context.ts';
import { element, icon } from './element.ts';
import { ICONS } from './icons.ts';
import { link } from './link.ts';
import { createSelection, listWithWidgets, type Selection } from './selection.ts';

/** The list of deals, updated while it is on screen. */
export async function dealsView(context: Context): Promise<View> {
  const { words } = context;
  const body = element('tbody');
  const empty = element('p', { class: 'empty' }, words.noDealsYet);
  const selection = createSelection(context, 'leads');
  const refresh = async (): Promise<void> => {
    const rows = await ask('/_page/leads', dealRowsSchema);
    body.replaceChildren(...[...rows].reverse().map(one => row(one, selection)));
    selection.over(rows);
    empty.hidden = rows.length > 0;
  };
  await refresh();
  const headings = [words.dealName, words.mainContact, words.status, words.responsible].map(word =>
    element('th', { scope: 'col' }, word),
  );
  const head = element('tr', {}, element('td', {}, selection.all), ...headings);
  const list = element(
    'div',
    { class: 'list' },
    selection.bar,
    element('table', { class: 'list__table' }, element('thead', {}, head), body),
    empty,
  );
  return {
    title: words.deals,
    card: false,
    tools: [link('/leads/add', { class: 'button-input button-input_blue' }, icon(ICONS.plus), words.newDeal)],
    content: listWithWidgets(context, 'leads', list, selection),
    refresh: () => void refresh(),
    selected: selection.selected,
    loaded: selection.offer,
  };
}

const row = (deal: DealRow, selection: Selection): HTMLElement =>
  element(
    'tr',
    {},
    element('td', {}, selection.box(deal)),
    element('th', { scope: 'row' }, link(`/leads/detail/${deal.id}`, {}, deal.name)),
    element('td', {}, deal.contactName),
    element('td', {}, deal.status),
    element('td', {}, deal.responsibleName),
  );
