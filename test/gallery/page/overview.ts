/** All pictures side by side, with a choice of theme, language and width. */
import './overview.css';
import { STATES } from './catalogue.ts';
import type { View } from './entry.ts';
import { LANGUAGES } from './languages.ts';

const CHOICES = {
  theme: ['light', 'dark'],
  language: LANGUAGES,
  width: ['260', '320', '720', '1040'],
  view: ['panel', 'dialog', 'card'],
} as const;
const HEIGHTS: Record<View, number> = { panel: 620, dialog: 800, card: 520 };

const asked = new URLSearchParams(location.search);
const chosen = (name: keyof typeof CHOICES): string => asked.get(name) ?? CHOICES[name][0] ?? '';

function choice(name: keyof typeof CHOICES): HTMLElement {
  const label = document.createElement('label');
  const list = document.createElement('select');
  list.name = name;
  list.append(...CHOICES[name].map(value => new Option(value, value, false, value === chosen(name))));
  list.addEventListener('change', () => {
    asked.set(name, list.value);
    location.search = String(asked);
  });
  label.append(`${name} `, list);
  return label;
}

function picture(state: string, view: View): HTMLElement {
  const figure = document.createElement('figure');
  const caption = document.createElement('figcaption');
  const frame = document.createElement('iframe');
  caption.textContent = state;
  frame.title = state;
  frame.loading = 'lazy';
  frame.width = chosen('width');
  frame.height = String(HEIGHTS[view]);
  const query = new URLSearchParams({ state, theme: chosen('theme'), language: chosen('language') });
  frame.src = `//${state}.gallery.localhost:${location.port}/gallery/state?${query}`;
  figure.append(caption, frame);
  return figure;
}

document.documentElement.dataset['colorScheme'] = chosen('theme');
const head = document.createElement('header');
head.append(...(['view', 'theme', 'language', 'width'] as const).map(choice));
document.body.prepend(head);
for (const [state, { view }] of STATES) {
  if (view === chosen('view')) document.querySelector('#place')?.append(picture(state, view));
}
