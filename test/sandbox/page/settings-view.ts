import type { Context, View } from './context.ts';
import { element, icon } from './element.ts';
import { ICONS } from './icons.ts';
import { link } from './link.ts';
import { openSettings } from './settings-modal.ts';
import { wordOf, type WidgetEntry } from './widget-instance.ts';
import type { Words } from './words.ts';

/** Cards that make the page look realistic; see `placeholderText`. */
const PLACEHOLDERS = [ICONS.phone, ICONS.mail, ICONS.calendar];

/** Settings → Integrations: a card for each widget, which opens the widget's window. */
export function settingsView(context: Context): View {
  const { words } = context;
  const title = `${words.settings} — ${words.integrations}`;
  const grid = element('ul', { class: 'integrations', 'aria-busy': 'true' });
  const show = (entries: Readonly<Record<string, WidgetEntry>>): void => {
    const cards = Object.entries(entries).map(([code, entry]) =>
      card(context, code, entry, changed => show({ ...entries, [code]: changed })),
    );
    grid.replaceChildren(
      ...cards,
      ...PLACEHOLDERS.map((outline, at) => placeholder(words.placeholders[at] ?? '', outline, words)),
    );
    grid.removeAttribute('aria-busy');
  };
  return {
    title,
    content: element('div', { class: 'settings' }, grid),
    card: false,
    alone: true,
    loaded: show,
  };
}

function card(
  context: Context,
  code: string,
  entry: WidgetEntry,
  changed: (entry: WidgetEntry) => void,
): HTMLElement {
  const { words, app } = context;
  const worded = (key: string): string => wordOf(app.widgets.list[code], key);
  const name = worded('widget.name') || code;
  const logo = element('img', {
    class: 'integration__logo',
    src: `${entry.images_path}/logo_main.png`,
    alt: '',
  });
  logo.addEventListener('error', () => logo.replaceWith(initial(name)));
  const open = element('button', { type: 'button', class: 'integration__open' }, name);
  open.addEventListener('click', () => void openSettings(context, code, entry, changed));
  return element(
    'li',
    { class: 'integration', 'data-code': code },
    logo,
    element('h2', {}, open),
    element('p', {}, worded('widget.short_description')),
    element(
      'span',
      { class: `integration__state integration__state_${entry.status}` },
      stateOf(entry, words),
    ),
    entry.advanced_title !== undefined &&
      entry.active === 'Y' &&
      link(
        `/settings/widgets/${code}`,
        { class: 'integration__advanced' },
        worded(entry.advanced_title) || words.advanced,
      ),
  );
}

function stateOf({ status, active }: WidgetEntry, words: Words): string {
  if (status !== 'installed') return words.notInstalled;
  return active === 'Y' ? words.installed : words.off;
}

const initial = (name: string): HTMLElement =>
  element(
    'span',
    { class: 'integration__logo integration__logo_initial', 'aria-hidden': 'true' },
    name.slice(0, 1),
  );

const placeholder = (name: string, outline: string, words: Words): HTMLElement =>
  element(
    'li',
    { class: 'integration integration_placeholder' },
    element('span', { class: 'integration__logo integration__logo_initial' }, icon(outline)),
    element('h2', {}, name),
    element('p', {}, words.placeholderText),
    element('span', { class: 'integration__state' }, words.inactive),
  );
