/**
 * The fields of a widget's window and the CRM's own Save. The button is disabled until a field of the form reports a
 * change or the button receives `button:save:enable`.
 */
import * as v from 'valibot';
import { element } from './element.ts';
import type { Gaps } from './gaps.ts';
import type { JQueryStatic } from './jquery.ts';
import { savedFields, type WidgetEntry } from './widget-instance.ts';

const settingsSchema = v.object({
  settings: v.optional(
    v.record(
      v.string(),
      v.object({ name: v.fallback(v.string(), ''), type: v.string(), required: v.optional(v.unknown()) }),
    ),
    {},
  ),
});
export type FieldSettings = v.InferOutput<typeof settingsSchema>['settings'];

/** The form that the package defines in its manifest. */
export async function fieldSettings({ path }: WidgetEntry): Promise<FieldSettings> {
  const response = await fetch(`${path}/manifest.json`);
  return v.parse(settingsSchema, await response.json()).settings;
}

/** Field types that the form draws like the CRM; any other becomes a text line. */
const DRAWN = new Set(['text', 'pass', 'custom', 'hidden']);

export type SettingsForm = {
  readonly root: HTMLElement;
  readonly values: () => Record<string, string>;
  /** The labels of required fields that are empty. */
  readonly missing: () => readonly string[];
  /** The CRM's own controls, which appear with the installation. */
  readonly showControls: (save: HTMLElement, active: HTMLElement) => void;
};

export function settingsForm(
  code: string,
  entry: WidgetEntry,
  settings: FieldSettings,
  word: (key: string) => string,
  gaps: Gaps,
): SettingsForm {
  for (const { type } of Object.values(settings)) {
    if (!DRAWN.has(type)) gaps.name(`${code}: settings field of type ${type}`);
  }
  const saved = savedFields(entry.settings);
  const inputs = Object.entries(settings).map(([name, { type }]) => fieldInput(name, type, saved[name]));
  const items = Object.entries(settings).map(([name, field], at) =>
    element(
      'div',
      { class: 'widget_settings_block__item_field' },
      element('div', { class: 'widget_settings_block__title_field' }, `${word(field.name) || name}:`),
      element(
        'div',
        { class: 'widget_settings_block__input_field' },
        inputs[at],
        field.type === 'custom' && element('div', { id: `${code}_custom_content` }),
      ),
    ),
  );
  const wrapper = element(
    'div',
    { class: 'widget_settings_block__fields', id: 'widget_settings__fields_wrapper' },
    ...items,
  );
  return {
    root: wrapper,
    values: () => Object.fromEntries(inputs.map(({ name, value }) => [name, value])),
    missing: () =>
      inputs
        .filter(({ name, value }) => isRequired(settings[name]?.required) && value === '')
        .map(({ name }) => word(settings[name]?.name ?? '') || name),
    showControls: (save, active) =>
      wrapper.append(
        element(
          'div',
          { class: 'widget_settings_block__controls widget_settings_block__controls_top' },
          save,
        ),
        active,
      ),
  };
}

/** Manifests use either form. */
const isRequired = (required: unknown): boolean => required === true || required === 'true';

function fieldInput(name: string, type: string, saved: unknown): HTMLInputElement {
  const value =
    typeof saved === 'object' && saved !== null
      ? JSON.stringify(saved)
      : typeof saved === 'string'
        ? saved
        : '';
  return element('input', {
    name,
    value,
    class: 'widget_settings_block__controls__ text-input',
    type: type === 'pass' ? 'password' : type === 'hidden' ? 'hidden' : 'text',
    autocomplete: 'off',
    ...(type === 'custom' ? { style: 'display:none' } : {}),
  });
}

export function saveButton(
  $: JQueryStatic,
  form: HTMLElement,
  code: string,
  id: number,
  word: string,
): HTMLButtonElement {
  const text = element('span', { class: 'button-input-inner__text' }, word);
  const button = element(
    'button',
    {
      type: 'button',
      id: `save_${code}`,
      'data-id': id,
      'data-onsave-destroy-modal': 'true',
      class: 'button-input js-widget-save button-input-disabled',
      disabled: true,
    },
    element('span', { class: 'button-input-inner' }, text),
  );
  const enable = (on: boolean): void => {
    button.disabled = !on;
    button.classList.toggle('button-input-disabled', !on);
    button.classList.toggle('button-input_blue', on);
  };
  const loading = (on: boolean): void => {
    button.setAttribute('aria-busy', String(on));
    button.classList.toggle('button-input-loading', on);
  };
  $(button).on('button:save:enable button:save:error', () => enable(true));
  $(button).on('button:save:disable', () => enable(false));
  $(button).on('button:load:start', () => loading(true));
  $(button).on('button:load:stop button:save:error', () => loading(false));
  $(form).on('change controls:change', 'input, select, textarea', () => enable(true));
  return button;
}

/** Whether the widget is switched on. It changes nothing by itself: Save reads it. */
export type ActiveSwitch = { readonly root: HTMLElement; readonly isOn: () => boolean };

export function activeSwitch(word: string): ActiveSwitch {
  const box = element('input', {
    type: 'checkbox',
    value: 'Y',
    name: 'widget_active',
    id: 'widget_active__sw',
    class: 'switcher__checkbox js-widget-install',
    checked: true,
  });
  const label = element(
    'label',
    { for: box.id, class: 'switcher switcher__on switcher_blue widget-settings__switcher' },
    word,
  );
  box.addEventListener('change', () => {
    label.classList.toggle('switcher__on', box.checked);
    label.classList.toggle('switcher__off', !box.checked);
  });
  return { root: element('div', { class: 'switcher_wrapper' }, label, box), isOn: () => box.checked };
}
