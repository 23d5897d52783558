import { rowsSchema, type ContactRow } from '../wire/contacts.ts';
import { ask } from './ask.ts';
import type { Context, View } from './context.ts';
import { element, icon } from './element.ts';
import { ICONS } from './icons.ts';
import { link } from './link.ts';

/** The list of contacts, kept up to date while it is on screen. */
export async function contactsView({ words }: Context): Promise<View> {
  const body = element('tbody');
  const empty = element('p', { class: 'empty' }, words.noContacts);
  const show = (rows: readonly ContactRow[]): void => {
    body.replaceChildren(...rows.toReversed().map(row));
    empty.hidden = rows.length > 0;
  };
  const refresh = async (): Promise<void> => show(await ask('/_page/contacts', rowsSchema));
  await refresh();
  const headings = [words.name, words.responsible, words.phone].map(word =>
    element('th', { scope: 'col' }, word),
  );
  return {
    title: words.contacts,
    card: false,
    tools: [
      link('/contacts/add', { class: 'button-input button-input_blue' }, icon(ICONS.plus), words.newContact),
    ],
    content: element(
      'div',
      { class: 'list' },
      element('table', { class: 'list__table' }, element('thead', {}, element('tr', {}, ...headings)), body),
      empty,
    ),
    refresh: () => void refresh(),
  };
}

const row = ({ id, name, phone, responsibleName }: ContactRow): HTMLElement =>
  element(
    'tr',
    {},
    element('th', { scope: 'row' }, link(`/contacts/detail/${id}`, {}, name)),
    element('td', {}, responsibleName),
    element('td', {}, phone),
  );
