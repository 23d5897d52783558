import { contactRowsSchema, type ContactRow } from '../wire/cards.ts';
import { ask } from './ask.ts';
import type { Context, View } from './context.ts';
import { element, icon } from './element.ts';
import { ICONS } from './icons.ts';
import { link } from './link.ts';
import { createSelection, listWithWidgets, type Selection } from './selection.ts';

/** The list of contacts, updated while it is on screen; limited to one employee's if the address says so. */
export async function contactsView(context: Context): Promise<View> {
  const { words } = context;
  const owners = new URLSearchParams(location.search).getAll('filter[main_user][]').map(Number);
  const body = element('tbody');
  const empty = element('p', { class: 'empty' }, words.noContacts);
  const selection = createSelection(context, 'contacts');
  const show = (found: readonly ContactRow[]): void => {
    const rows = found.filter(one => owners.length === 0 || owners.includes(one.responsibleUserId));
    body.replaceChildren(...[...rows].reverse().map(one => row(one, selection)));
    selection.over(rows);
    empty.hidden = rows.length > 0;
  };
  const refresh = async (): Promise<void> => show(await ask('/_page/contacts', contactRowsSchema));
  await refresh();
  const headings = [words.name, words.responsible, words.phone].map(word =>
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
    title: words.contacts,
    card: false,
    tools: [
      link('/contacts/add', { class: 'button-input button-input_blue' }, icon(ICONS.plus), words.newContact),
    ],
    content: listWithWidgets(context, 'contacts', list, selection),
    refresh: () => void refresh(),
    selected: selection.selected,
    loaded: selection.offer,
  };
}

const row = (contact: ContactRow, selection: Selection): HTMLElement =>
  element(
    'tr',
    {},
    element('td', {}, selection.box(contact)),
    element('th', { scope: 'row' }, link(`/contacts/detail/${contact.id}`, {}, contact.name)),
    element('td', {}, contact.responsibleName),
    element('td', {}, contact.phones[0] ?? ''),
  );
