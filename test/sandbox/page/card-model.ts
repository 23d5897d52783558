import type { Context } from './context.ts';
import type { BackboneModel } from './jquery.ts';

type CardContact = {
  readonly id: number;
  readonly name: string;
  readonly phones: readonly string[];
  readonly emails: readonly string[];
};

/** One of `get_current_card_contacts_data()`. This account keeps names whole, in the API too. */
export const cardContact = (contact: CardContact): object => ({ ...contact, first_name: '', last_name: '' });

/** A card's Backbone model. The CRM's has many more attributes: one that is asked for in vain is named. */
export function cardModel(
  { Backbone, gaps }: Context,
  attributes: Readonly<Record<string, string>>,
): BackboneModel {
  const model = new Backbone.Model(attributes);
  const { get } = model;
  model.get = name => {
    if (!(name in attributes)) gaps.name(`APP.data.current_card.model.get('${name}')`);
    return get.call(model, name);
  };
  return model;
}
