/** Building blocks of the control panel. */
import { element } from '../page/element.ts';

export const group = (title: string, ...controls: readonly HTMLElement[]): HTMLElement =>
  element('fieldset', {}, element('legend', {}, title), ...controls);

export const press = (
  word: string,
  act: () => Promise<void>,
  look: 'plain' | 'primary' | 'add' = 'plain',
): HTMLElement =>
  element('button', { type: 'button', class: `press press_${look}`, onclick: () => void act() }, word);

/** A row of radio buttons. Values without a label of their own are prefixed with the row's name. */
export function choice<Value extends string>(
  name: string,
  values: readonly Value[],
  chosen: string,
  choose: (value: Value) => Promise<void>,
  worded?: (value: Value) => string,
): HTMLElement {
  const options = values.map(value =>
    element(
      'label',
      {},
      element('input', {
        type: 'radio',
        name,
        value,
        checked: value === chosen,
        onchange: () => void choose(value),
      }),
      worded?.(value) ?? value,
    ),
  );
  const shownName = !worded && element('span', { class: 'choice__name', 'aria-hidden': 'true' }, name);
  return element('div', { class: 'choice', role: 'radiogroup', 'aria-label': name }, shownName, ...options);
}

export const toggle = (word: string, on: boolean, set: (on: boolean) => Promise<void>): HTMLElement =>
  element(
    'label',
    {},
    element('input', { type: 'checkbox', role: 'switch', checked: on, onchange: () => void set(!on) }),
    word,
  );
