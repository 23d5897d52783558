/**
 * A contact's card: fields on the left, the feed in the middle, widgets on the right. What others change
 * meanwhile shows in the feed only: the fields and `main_user` stay as they were until the card is opened again.
 */
import { feedSchema, sheetSchema, type ContactSheet } from '../wire/contacts.ts';
import { ask, Refused } from './ask.ts';
import { cardForm } from './card-form.ts';
import type { Context, View } from './context.ts';
import { element, icon } from './element.ts';
import { showFeed } from './feed.ts';
import type { CurrentCard } from './host-app.ts';
import { ICONS } from './icons.ts';
import { link } from './link.ts';
import { rightColumn } from './right-column.ts';

export async function cardView(context: Context, contactId: number): Promise<View> {
  const sheet = contactId === 0 ? unsaved(context) : await sheetOf(contactId);
  if (!sheet) return absentView(context);
  const { words, $, app } = context;
  const card = currentCard(context, sheet);
  const feed = element('section', { class: 'card__feed', 'aria-label': words.feed });
  const content = element('div', { id: 'card_holder', class: 'card' });
  content.append(cardForm(context, sheet, card), feed, rightColumn($, app, content, words));
  const refresh = async (): Promise<void> =>
    showFeed(
      feed,
      contactId === 0 ? [] : await ask(`/_page/contacts/${contactId}/feed`, feedSchema),
      context,
    );
  await refresh();
  return {
    title: sheet.name || words.newContact,
    card,
    content,
    tools: [
      step(sheet.previous, words.previousContact, ICONS.left),
      step(sheet.next, words.nextContact, ICONS.right),
    ],
    refresh: () => void refresh(),
  };
}

async function sheetOf(contactId: number): Promise<ContactSheet | undefined> {
  try {
    return await ask(`/_page/contacts/${contactId}`, sheetSchema);
  } catch (error) {
    if (error instanceof Refused) return undefined;
    throw error;
  }
}

const unsaved = ({ boot }: Context): ContactSheet => ({
  id: 0,
  name: '',
  phones: [''],
  responsibleUserId: boot.me.id,
  leads: [],
  previous: null,
  next: null,
});

function currentCard({ Backbone }: Context, sheet: ContactSheet): CurrentCard {
  const model = new Backbone.Model({
    ID: String(sheet.id),
    'contact[NAME]': sheet.name,
    'contact[MAIN_USER]': String(sheet.responsibleUserId),
  });
  return {
    id: sheet.id,
    model,
    form: { model },
    main_user: String(sheet.responsibleUserId),
    element_type: 1,
    new_card: sheet.id === 0,
  };
}

/** Without an address it is a link to nowhere: shown, and not to be followed. */
function step(contactId: number | null, label: string, path: string): HTMLElement {
  if (contactId !== null)
    return link(`/contacts/detail/${contactId}`, { class: 'step', 'aria-label': label }, icon(path));
  return element(
    'a',
    { class: 'step', role: 'link', 'aria-disabled': 'true', 'aria-label': label },
    icon(path),
  );
}

function absentView({ words }: Context): View {
  return {
    title: words.noContact,
    card: false,
    content: element(
      'div',
      { class: 'empty' },
      element('p', {}, words.noContactText),
      link('/contacts', {}, words.backToContacts),
    ),
  };
}
