import * as v from 'valibot';
import { dealSheetSchema, type DealDraft, type DealSheet } from '../wire/cards.ts';
import { ask } from './ask.ts';
import { field, labelled, related, responsibleSelect, select } from './card-fields.ts';
import { cardForm } from './card-form.ts';
import { cardContact, cardModel } from './card-model.ts';
import { absentView, cardFrame, sheetAt } from './card-frame.ts';
import type { Context, View } from './context.ts';
import { element } from './element.ts';
import type { CurrentCard } from './host-app.ts';
import { link } from './link.ts';

const savedSchema = v.object({ id: v.number() });

/**
 * A deal's card; 0 is the card of an unsaved deal. Its `main_user` is the deal's owner, who may differ from the owners
 * of its contacts.
 */
export async function dealCard(context: Context, dealId: number): Promise<View> {
  const found = await sheetAt(`/_page/leads/${dealId}`, dealSheetSchema);
  const sheet = found && (dealId === 0 ? { ...found, responsibleUserId: context.boot.me.id } : found);
  if (!sheet) return absentView(context, 'leads');
  const { name, previous, next } = sheet;
  const card = currentCard(context, sheet);
  const form = formOf(context, sheet, card);
  const view = await cardFrame(context, {
    entity: 'leads',
    title: name || context.words.newDeal,
    card,
    form,
    previous,
    next,
  });
  return {
    ...view,
    contacts: () => sheet.contacts.map(cardContact),
  };
}

function formOf(context: Context, sheet: DealSheet, card: CurrentCard): HTMLElement {
  const { words, navigate } = context;
  const name = field('lead[NAME]', sheet.name, true);
  const responsible = responsibleSelect(context, 'lead[MAIN_USER]', sheet.responsibleUserId);
  const status = select('lead[STATUS]', sheet.statuses, sheet.statusId);
  const send = async (): Promise<void> => {
    const draft: DealDraft = {
      name: name.value,
      statusId: Number(status.value),
      responsibleUserId: Number(responsible.value),
    };
    const address = card.new_card ? '/_page/leads' : `/_page/leads/${card.id}`;
    const { id } = await ask(address, savedSchema, draft);
    if (card.new_card) navigate(`/leads/detail/${id}`);
  };
  const contacts = sheet.contacts.map((contact, at) => contactLink(contact, at === 0 && words.mainContact));
  return cardForm(context, {
    card,
    name,
    responsible,
    send,
    rows: [
      labelled(words.dealName, name),
      labelled(words.responsible, responsible),
      labelled(words.status, status),
      related(words.contacts, words.noDealContacts, contacts),
    ],
  });
}

const contactLink = (
  { id, name, phones }: DealSheet['contacts'][number],
  mark: string | false,
): HTMLElement =>
  element(
    'li',
    { class: 'related' },
    link(`/contacts/detail/${id}`, {}, name),
    mark && element('span', { class: 'related__status' }, mark),
    element('span', { class: 'related__owner' }, phones.join(', ')),
  );

function currentCard(context: Context, { id, name, responsibleUserId }: DealSheet): CurrentCard {
  const mainUser = String(responsibleUserId);
  const model = cardModel(context, { ID: String(id), 'lead[NAME]': name, 'lead[MAIN_USER]': mainUser });
  return { id, model, form: { model }, main_user: mainUser, element_type: 2, new_card: id === 0 };
}
