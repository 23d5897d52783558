import type { Context } from './context.ts';
import type { BackboneModel } from './jquery.ts';

type CardContact = {
  readonly id: number;
  readonly name: string;
  readonly phones: readonly string[];
  readonly emails: readonly string[];
};

/** An entry of `get_current_card_contacts_data()`. This account does not split names, in the API either. */
export const cardContact = (contact: CardContact): object => ({ ...contact, first_name: '', last_name: '' });

/** A card's Backbone model. The CRM's model has many more attributes; a missing one is reported by name. */
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
