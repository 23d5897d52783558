import type { Context } from './context.ts';
import { element } from './element.ts';
import type { CurrentCard } from './host-app.ts';

export type CardForm = {
  readonly card: CurrentCard;
  readonly name: HTMLInputElement;
  readonly responsible: HTMLSelectElement;
  /** The rows of the column from top to bottom. */
  readonly rows: readonly HTMLElement[];
  /** Sends the whole form, including an outdated owner. */
  readonly send: () => Promise<void>;
};

/** A card's left column. Its buttons appear with the first change; the model follows every key press. */
export function cardForm(
  { words, app }: Context,
  { card, name, responsible, rows, send }: CardForm,
): HTMLElement {
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
    ...rows,
    buttons,
  );
  const tell = (): void => {
    card.model.set(name.name, name.value);
    card.model.set(responsible.name, responsible.value);
  };
  const save = async (): Promise<void> => {
    if (name.value.trim() === '') {
      app.notifications.show_message_error({ header: words.notSavedCard, text: words.emptyName });
      return;
    }
    await send();
    app.notifications.show_message({ header: words.savedCard, text: name.value });
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
