import * as v from 'valibot';
import { contactSheetSchema, type ContactDraft, type ContactSheet } from '../wire/cards.ts';
import { ask } from './ask.ts';
import { field, labelled, related, responsibleSelect } from './card-fields.ts';
import { cardForm } from './card-form.ts';
import { cardContact, cardModel } from './card-model.ts';
import { absentView, cardFrame, sheetAt } from './card-frame.ts';
import type { Context, View } from './context.ts';
import { element } from './element.ts';
import type { CurrentCard } from './host-app.ts';
import { link } from './link.ts';

const savedSchema = v.object({ id: v.number() });

/** A contact's card; 0 is the card of an unsaved contact. */
export async function contactCard(context: Context, contactId: number): Promise<View> {
  const sheet =
    contactId === 0 ? unsaved(context) : await sheetAt(`/_page/contacts/${contactId}`, contactSheetSchema);
  if (!sheet) return absentView(context, 'contacts');
  const { previous, next } = sheet;
  const card = currentCard(context, sheet);
  const phones = sheet.phones.map((phone, at) => field(`contact[PHONE][${at}]`, phone));
  const name = field('contact[NAME]', sheet.name, true);
  const view = await cardFrame(context, {
    entity: 'contacts',
    title: sheet.name || context.words.newContact,
    card,
    form: formOf(context, { sheet, card, name, phones }),
    previous,
    next,
  });
  const contacts = (): object[] => [
    cardContact({
      id: sheet.id,
      name: name.value,
      phones: phones.map(phone => phone.value),
      emails: sheet.emails,
    }),
  ];
  return { ...view, contacts };
}

type Fields = {
  readonly sheet: ContactSheet;
  readonly card: CurrentCard;
  readonly name: HTMLInputElement;
  readonly phones: readonly HTMLInputElement[];
};

function formOf(context: Context, { sheet, card, name, phones }: Fields): HTMLElement {
  const { words, navigate } = context;
  const responsible = responsibleSelect(context, 'contact[MAIN_USER]', sheet.responsibleUserId);
  const send = async (): Promise<void> => {
    const draft: ContactDraft = {
      name: name.value,
      phones: phones.map(phone => phone.value).filter(phone => phone !== ''),
      responsibleUserId: Number(responsible.value),
    };
    const address = card.new_card ? '/_page/contacts' : `/_page/contacts/${card.id}`;
    const { id } = await ask(address, savedSchema, draft);
    if (card.new_card) navigate(`/contacts/detail/${id}`);
  };
  return cardForm(context, {
    card,
    name,
    responsible,
    send,
    rows: [
      labelled(words.name, name),
      labelled(words.responsible, responsible),
      ...phones.map(phone => labelled(words.phone, phone)),
      related(words.deals, words.noDeals, sheet.leads.map(dealLink)),
      ...(card.new_card ? [] : [removal(context, sheet.id)]),
    ],
  });
}

const dealLink = ({ id, name, status, responsibleName }: ContactSheet['leads'][number]): HTMLElement =>
  element(
    'li',
    { class: 'related' },
    link(`/leads/detail/${id}`, {}, name),
    element('span', { class: 'related__status' }, status),
    element('span', { class: 'related__owner' }, responsibleName),
  );

function removal({ words, app, navigate }: Context, contactId: number): HTMLElement {
  const remove = async (): Promise<void> => {
    await ask(`/_page/contacts/${contactId}/delete`, savedSchema, {});
    navigate('/contacts');
  };
  const refuse = (): void =>
    app.notifications.show_message_error({ header: words.failed, text: words.noRights });
  const onclick = (): void => void remove().catch(refuse);
  return element('button', { type: 'button', class: 'card__remove', onclick }, words.deleteContact);
}

const unsaved = ({ boot }: Context): ContactSheet => ({
  id: 0,
  name: '',
  phones: [''],
  emails: [],
  responsibleUserId: boot.me.id,
  leads: [],
  previous: null,
  next: null,
});

function currentCard(context: Context, { id, name, responsibleUserId }: ContactSheet): CurrentCard {
  const mainUser = String(responsibleUserId);
  const model = cardModel(context, {
    ID: String(id),
    'contact[NAME]': name,
    'contact[MAIN_USER]': mainUser,
  });
  return { id, model, form: { model }, main_user: mainUser, element_type: 1, new_card: id === 0 };
}
