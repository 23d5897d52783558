/**
 * The CRM's own controls, which widgets request by `ref: '/tmpl/controls/<name>.twig'`. The markup keeps the class
 * names that widgets' scripts and styles rely on; those are from memory.
 */
import { escapeHtml } from '../escape.ts';

type Given = Readonly<Record<string, unknown>>;
type Control = (given: Given) => string;

const text = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? escapeHtml(String(value)) : '';

/** Attributes with a value. */
const attributes = (given: Readonly<Record<string, unknown>>): string =>
  Object.entries(given)
    .filter(([, value]) => value !== undefined && value !== '' && value !== false && value !== null)
    .map(([name, value]) => (value === true ? ` ${name}` : ` ${name}="${text(value)}"`))
    .join('');

const classes = (...names: readonly unknown[]): string =>
  names.filter(name => typeof name === 'string' && name).join(' ');

const itemsOf = (given: Given): Given[] =>
  Object.values(Object(given['items'])).map((item): Given => Object(item));

const isChosen = ({ id, selected }: Given, chosen: unknown): boolean =>
  selected === true || (chosen !== undefined && text(chosen) === text(id));

const button: Control = given => {
  const look = given['blue'] === true && 'button-input_blue';
  const own = attributes({
    class: classes(
      'button-input',
      given['class_name'],
      look,
      given['disabled'] === true && 'button-input-disabled',
    ),
    id: given['id'],
    name: given['name'],
    disabled: given['disabled'] === true,
  });
  return `<button type="button"${own}><span class="button-input-inner"><span class="button-input-inner__text">${text(given['text'])}</span></span></button>`;
};

const input: Control = given =>
  `<input autocomplete="off"${attributes({
    class: classes('text-input', given['class_name']),
    type: given['type'] ?? 'text',
    id: given['id'],
    name: given['name'],
    value: given['value'],
    placeholder: given['placeholder'],
    maxlength: given['max_length'],
    disabled: given['disabled'] === true,
  })}>`;

const textarea: Control = given =>
  `<textarea${attributes({
    class: classes('text-input', 'text-input-textarea', given['class_name']),
    id: given['id'],
    name: given['name'],
    placeholder: given['placeholder'],
  })}>${text(given['value'])}</textarea>`;

const checkbox: Control = given =>
  `<label${attributes({ class: classes('control-checkbox', given['class_name']), for: given['id'] })}>` +
  `<span class="control-checkbox__body"><input type="checkbox"${attributes({
    class: classes('control-checkbox__input', given['input_class_name']),
    id: given['id'],
    name: given['name'],
    value: given['value'],
    checked: given['checked'] === true,
    disabled: given['disabled'] === true,
  })}><span class="control-checkbox__helper"></span></span>` +
  `<span class="control-checkbox__text">${text(given['text'])}</span></label>`;

const radio: Control = given => {
  const rows = itemsOf(given).map(
    item =>
      `<label class="control-radio"><input type="radio"${attributes({
        name: given['name'],
        value: item['id'],
        checked: isChosen(item, given['selected']),
      })}><span class="control-radio__text">${text(item['option'])}</span></label>`,
  );
  return `<div${attributes({ class: classes('control-radio-group', given['class_name']) })}>${rows.join('')}</div>`;
};

/** A button with a list, and a hidden field that gets the value and fires `change`: see system-control-events.ts. */
const select: Control = given => {
  const items = itemsOf(given);
  const chosen = items.find(item => isChosen(item, given['selected'])) ?? items[0];
  const rows = items.map(
    item =>
      `<li${attributes({
        class: classes(
          'control--select--list--item',
          item === chosen && 'control--select--list--item-selected',
        ),
        'data-value': item['id'],
        role: 'option',
        'aria-selected': String(item === chosen),
      })}><span class="control--select--list--item-inner">${text(item['option'])}</span></li>`,
  );
  return (
    `<div${attributes({ class: classes('control--select', given['class_name']), id: given['id'] })}>` +
    `<ul class="custom-scroll control--select--list" role="listbox">${rows.join('')}</ul>` +
    `<button type="button" aria-haspopup="listbox"${attributes({
      class: classes('control--select--button', given['button_class_name']),
      'data-value': chosen?.['id'],
    })}><span class="control--select--button-inner">${text(chosen?.['option'])}</span></button>` +
    `<input type="hidden"${attributes({ class: 'control--select--input', name: given['name'], value: chosen?.['id'] })}></div>`
  );
};

const checkboxesDropdown: Control = given => {
  const rows = itemsOf(given).map(item =>
    checkbox({
      name: item['name'] ?? given['name'],
      value: item['id'],
      text: item['option'],
      checked: item['is_checked'] === true,
      class_name: 'checkboxes_dropdown__label',
    }),
  );
  const title = text(given['title_empty'] ?? given['title_numeral'] ?? given['name']);
  return `<details${attributes({ class: classes('checkboxes_dropdown', given['class_name']), id: given['id'] })}><summary class="checkboxes_dropdown__title">${title}</summary><div class="checkboxes_dropdown__list">${rows.join('')}</div></details>`;
};

const CONTROLS: Readonly<Record<string, Control>> = {
  button,
  input,
  textarea,
  checkbox,
  radio,
  select,
  checkboxes_dropdown: checkboxesDropdown,
};

/** The control's markup; undefined if the sandbox lacks it. */
export function systemControl(ref: string, given: Given): string | undefined {
  // The drop-down has two variants, which differ only in the title while closed.
  const [, name = ''] = /\/controls\/(\w+)(?:\/index|\/values_title)?\.twig$/.exec(ref) ?? [];
  return CONTROLS[name]?.(given);
}
