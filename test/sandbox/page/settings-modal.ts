/**
 * A widget's window on the integrations page. The widget's `settings` is called at each opening, even before it is
 * installed. `onSave` is called before an installation, a save or a removal, and may refuse. Install replaces the CRM's
 * own parts and does not call `settings` again. A refused action is reported with its reason.
 */
import { changeIntegration } from './integration-requests.ts';
import type { Context } from './context.ts';
import { describedFor } from './description.ts';
import { element } from './element.ts';
import type { JQuery } from './jquery.ts';
import { markup } from './trusted.ts';
import { activeSwitch, fieldSettings, saveButton, settingsForm, type SettingsForm } from './settings-form.ts';
import { wordOf, type WidgetEntry } from './widget-instance.ts';

type Opened = {
  readonly code: string;
  entry: WidgetEntry;
  readonly close: () => void;
  readonly changed: (entry: WidgetEntry) => void;
  readonly form: SettingsForm;
  /** Title, state and the CRM's buttons. */
  readonly plate: HTMLElement;
};

export async function openSettings(
  context: Context,
  code: string,
  entry: WidgetEntry,
  changed: (entry: WidgetEntry) => void,
): Promise<void> {
  const { app, loader } = context;
  const word = (key: string): string => wordOf(app.widgets.list[code], key);
  const form = settingsForm(code, entry, await fieldSettings(entry), word, context.gaps);
  const plate = element('div', { class: 'widget-settings__command-plate' });
  const modal = context.openModal({
    class_name: `widget-settings__modal ${code}`,
    label: word('widget.name') || code,
    disable_enter_keydown: true,
    init(body) {
      body[0]?.append(layout(context, entry, word, plate, form));
      body.trigger('modal:loaded');
    },
  });
  const opened: Opened = { code, entry, close: () => modal.destroy(), changed, form, plate };
  if (!context.boot.me.isAdmin) showAdminsOnly(context, opened);
  else if (entry.status === 'installed') showInstalled(context, opened);
  else showInstall(context, opened);
  const body: JQuery = context.$(form.root.closest('.modal-body') ?? form.root);
  loader.guarded(code, () => app.widgets.list[code]?.callbacks.settings?.(body));
}

function layout(
  context: Context,
  entry: WidgetEntry,
  word: (key: string) => string,
  plate: HTMLElement,
  form: SettingsForm,
): HTMLElement {
  const { words } = context;
  const description = element('div', { class: 'widget_settings_block__descr' });
  description.innerHTML = markup(describedFor(context.app, word('widget.description')));
  return element(
    'div',
    { class: 'widget-settings' },
    element(
      'div',
      { class: 'widget-settings__base-space' },
      element(
        'div',
        { class: 'widget_main_info' },
        element('img', {
          class: 'widget_main_info__logo',
          src: `${entry.images_path}/logo_main.png`,
          alt: '',
        }),
        element('h2', { class: 'widget_main_info__title' }, word('widget.name')),
        element('p', { class: 'widget_main_info__short' }, word('widget.short_description')),
      ),
      plate,
      element(
        'div',
        { class: 'widget-settings__support' },
        element('h3', {}, words.supportTitle),
        element('p', {}, words.supportText),
      ),
    ),
    element(
      'div',
      { class: 'widget-settings__desc-space' },
      element('div', { class: 'widget_settings_block' }, description, form.root),
    ),
  );
}

const state = (status: string, text: string): HTMLElement =>
  element('div', { class: `widget-state widget-state_status_${status}` }, text);

/** People who are not admins can look but change nothing: the CRM's own buttons are absent (inferred). */
function showAdminsOnly({ words }: Context, { entry, plate }: Opened): void {
  const installed = entry.status === 'installed';
  plate.replaceChildren(
    state(entry.status, installed ? words.installed : words.notInstalled),
    element('p', {}, words.adminOnly),
  );
}

function showInstall(context: Context, opened: Opened): void {
  const { words } = context;
  const button = element(
    'button',
    {
      type: 'button',
      id: opened.code,
      'data-id': opened.entry.id,
      class: 'button-input js-widget-install button-input_blue install-widget__button',
    },
    words.install,
  );
  button.addEventListener('click', () => void attempt(context, () => install(context, opened)));
  opened.plate.replaceChildren(state('install', words.notInstalled), button);
}

function showInstalled(context: Context, opened: Opened): void {
  const { words, $ } = context;
  const { code, entry, form, plate } = opened;
  const disable = element(
    'button',
    { type: 'button', class: 'button-input button-cancel js-widget-uninstall' },
    words.disable,
  );
  disable.addEventListener('click', () => void attempt(context, () => turnOff(context, opened)));
  plate.replaceChildren(
    state('installed', words.installed),
    element('div', { class: 'widget_settings_block__controls_top' }, disable),
  );
  const button = saveButton($, form.root, code, entry.id, words.save);
  const active = activeSwitch(words.active);
  const act = (): Promise<void> => (active.isOn() ? save(context, opened, button) : turnOff(context, opened));
  button.addEventListener('click', () => void attempt(context, act, button));
  form.showControls(button, active.root);
}

async function install(context: Context, opened: Opened): Promise<void> {
  const { $, app, loader } = context;
  const { code, form } = opened;
  const saved = { active: 'Y', fields: form.values() };
  if (!isComplete(context, form) || !(await agrees(context, code, saved))) return;
  opened.entry = await changeIntegration($, opened, 'install', saved.fields);
  keep(context, opened, saved.fields);
  showInstalled(context, opened);
  const widget = app.widgets.list[code];
  loader.guarded(code, () => widget?.callbacks.onInstall?.());
  $(document).trigger('widget:installed', [code, JSON.stringify(opened.entry.settings)]);
  await loader.restart(code, opened.entry);
}

async function save(context: Context, opened: Opened, button: HTMLElement): Promise<void> {
  const { $ } = context;
  if (!isComplete(context, opened.form)) return;
  const saved = { active: 'Y', fields: opened.form.values() };
  $(button).trigger('button:load:start');
  if (await agrees(context, opened.code, saved)) {
    opened.entry = await changeIntegration($, opened, 'save', saved.fields);
    keep(context, opened, saved.fields);
    $(button).trigger('button:save:disable');
    if (button.dataset['onsaveDestroyModal'] === 'true') opened.close();
  }
  $(button).trigger('button:load:stop');
}

async function turnOff(context: Context, opened: Opened): Promise<void> {
  const { $, loader } = context;
  const { code, form } = opened;
  if (!(await agrees(context, code, { active: 'N', fields: form.values() }))) return;
  opened.entry = await changeIntegration($, opened, 'disable');
  loader.destroy(code);
  $(document).trigger('widget:removed', [code, null, true]);
  keep(context, opened);
  opened.close();
  await loader.restart(code, opened.entry);
  // Restores the CRM's texts, which were removed together with the widget.
  opened.changed(opened.entry);
}

/** An empty required field prevents installing and saving. */
function isComplete({ app, words }: Context, form: SettingsForm): boolean {
  const missing = form.missing();
  if (missing.length === 0) return true;
  app.notifications.show_message_error({ header: words.notSaved, text: words.emptyFields(missing) });
  return false;
}

/** Whether the widget lets the CRM continue: any truthy value, also from a promise. A rejection means no. */
async function agrees({ app, loader, words }: Context, code: string, saved: object): Promise<boolean> {
  const callbacks = app.widgets.list[code]?.callbacks;
  if (!callbacks?.onSave) return true;
  const said = await Promise.resolve(loader.guarded(code, () => callbacks.onSave?.(saved))).catch(
    () => false,
  );
  if (!said) app.notifications.show_message_error({ header: words.notSaved, text: words.vetoed });
  return Boolean(said);
}

/** The page that saved knows at once; other pages learn when their list of widgets expires. */
function keep({ app }: Context, { code, entry, changed }: Opened, fields: object = {}): void {
  app.widgets.clear_cache();
  app.widgets.list[code]?.set_settings({
    ...fields,
    status: entry.status,
    active: entry.active,
    widget_active: entry.active,
  });
  changed(entry);
}

async function attempt(
  { $, app, words }: Context,
  act: () => Promise<void>,
  button?: HTMLElement,
): Promise<void> {
  try {
    await act();
  } catch {
    if (button) $(button).trigger('button:save:error');
    app.notifications.show_message_error({ header: words.failed, text: words.failedText });
  }
}
