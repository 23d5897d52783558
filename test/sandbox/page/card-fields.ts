/** The controls of a card's left column. */
import type { Context } from './context.ts';
import { element } from './element.ts';

export const labelled = (label: string, control: HTMLElement): HTMLElement =>
  element('label', { class: 'card__field' }, element('span', {}, label), control);

export const field = (name: string, value: string, large = false): HTMLInputElement =>
  element('input', {
    type: 'text',
    name,
    value,
    class: large ? 'text-input card__name' : 'text-input',
    autocomplete: 'off',
  });

export function select(
  name: string,
  options: readonly { readonly id: number; readonly name: string }[],
  chosen: number,
): HTMLSelectElement {
  const made = options.map(option =>
    element('option', { value: option.id, selected: option.id === chosen }, option.name),
  );
  return element('select', { name, class: 'text-input', autocomplete: 'off' }, ...made);
}

/** An owner who has left stays in the list as long as the record is theirs. */
export function responsibleSelect(
  { boot }: Context,
  name: string,
  responsibleUserId: number,
): HTMLSelectElement {
  const people = boot.employees.filter(({ id, isActive }) => isActive || id === responsibleUserId);
  return select(name, people, responsibleUserId);
}

/** The records linked to this one. */
export function related(title: string, absent: string, items: readonly HTMLElement[]): HTMLElement {
  return element(
    'section',
    { class: 'card__related', 'aria-label': title },
    element('h2', {}, title),
    items.length > 0 ? element('ul', {}, ...items) : element('p', { class: 'quiet' }, absent),
  );
}
