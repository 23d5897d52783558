import * as v from 'valibot';
import type { ContactDraft, ContactSheet } from '../wire/contacts.ts';
import { ask } from './ask.ts';
import type { Context } from './context.ts';
import { element } from './element.ts';
import type { CurrentCard } from './host-app.ts';

const savedSchema = v.object({ id: v.number() });

/** The card's left column. Save sends the whole form, a stale responsible with it. */
export function cardForm(context: Context, sheet: ContactSheet, card: CurrentCard): HTMLElement {
  const { words, app, navigate } = context;
  const name = field('contact[NAME]', sheet.name, true);
  const phones = sheet.phones.map((phone, at) => field(`contact[PHONE][${at}]`, phone));
  const responsible = responsibleSelect(context, sheet.responsibleUserId);
  const buttons = element(
    'div',
    { class: 'card__buttons', hidden: true },
    element('button', { type: 'submit', class: 'button-input button-input_blue' }, words.saveCard),
    element('button', { type: 'reset', class: 'button-input' }, words.cancelCard),
  );
  const form = element(
    'form',
    { class: 'card__form', novalidate: true, 'aria-label': words.mainTab },
    element('div', { class: 'card__tab' }, words.mainTab),
    labelled(words.name, name),
    labelled(words.responsible, responsible),
    ...phones.map(phone => labelled(words.phone, phone)),
    leadsOf(context, sheet),
    buttons,
  );
  const tell = (): void => {
    card.model.set('contact[NAME]', name.value);
    card.model.set('contact[MAIN_USER]', responsible.value);
  };
  const save = async (): Promise<void> => {
    const draft: ContactDraft = {
      name: name.value,
      phones: phones.map(phone => phone.value).filter(phone => phone !== ''),
      responsibleUserId: Number(responsible.value),
    };
    if (draft.name.trim() === '') {
      app.notifications.show_message_error({ header: words.notSavedCard, text: words.emptyName });
      return;
    }
    const { id } = await ask(
      card.id === 0 ? '/_page/contacts' : `/_page/contacts/${card.id}`,
      savedSchema,
      draft,
    );
    app.notifications.show_message({ header: words.savedCard, text: draft.name });
    if (card.new_card) navigate(`/contacts/detail/${id}`);
    card.main_user = responsible.value;
    buttons.hidden = true;
  };
  form.addEventListener('input', () => {
    buttons.hidden = false;
    tell();
  });
  form.addEventListener('reset', () => {
    buttons.hidden = true;
    queueMicrotask(tell);
  });
  form.addEventListener('submit', event => {
    event.preventDefault();
    save().catch(() =>
      app.notifications.show_message_error({ header: words.notSavedCard, text: words.noRights }),
    );
  });
  return form;
}

const labelled = (label: string, control: HTMLElement): HTMLElement =>
  element('label', { class: 'card__field' }, element('span', {}, label), control);

const field = (name: string, value: string, large = false): HTMLInputElement =>
  element('input', {
    type: 'text',
    name,
    value,
    class: large ? 'text-input card__name' : 'text-input',
    autocomplete: 'off',
  });

/** A responsible who has left stays in the list as long as the contact is his. */
function responsibleSelect({ boot }: Context, responsibleUserId: number): HTMLSelectElement {
  const options = boot.employees
    .filter(({ id, isActive }) => isActive || id === responsibleUserId)
    .map(({ id, name }) => element('option', { value: id, selected: id === responsibleUserId }, name));
  return element(
    'select',
    { name: 'contact[MAIN_USER]', class: 'text-input', autocomplete: 'off' },
    ...options,
  );
}

function leadsOf({ words }: Context, { leads }: ContactSheet): HTMLElement {
  const items = leads.map(lead =>
    element(
      'li',
      { class: 'lead' },
      element('strong', {}, lead.name),
      element('span', { class: 'lead__status' }, lead.status),
      element('span', { class: 'lead__owner' }, lead.responsibleName),
    ),
  );
  return element(
    'section',
    { class: 'card__leads', 'aria-label': words.deals },
    element('h2', {}, words.deals),
    items.length > 0 ? element('ul', {}, ...items) : element('p', { class: 'quiet' }, words.noDeals),
  );
}
