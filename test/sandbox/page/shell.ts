/** The permanent parts of the page: sections on the left, the header, and the chat pane. */
import type { Boot } from '../wire/boot.ts';
import { currentPath, pathAt } from './base.ts';
import { chatPane } from './chat-pane.ts';
import type { View } from './context.ts';
import { element, icon } from './element.ts';
import { ICONS } from './icons.ts';
import { link } from './link.ts';
import { personMenu } from './person-menu.ts';
import type { Words } from './words.ts';

export type Shell = { readonly show: (view: View) => void };

export function createShell(boot: Boot, words: Words): Shell {
  const title = element('h1', { class: 'header__title' });
  const tools = element('div', { class: 'header__tools' });
  const main = element('main', { class: 'content' });
  const sections = navigation(words);
  const chats = chatPane(boot, words);
  const header = element(
    'header',
    { class: 'header' },
    title,
    tools,
    element('div', { class: 'header__end' }, chats.toggle, themeSwitch(words), personMenu(boot, words)),
  );
  document
    .querySelector('#page_holder')
    ?.append(
      sections,
      element('div', { class: 'page' }, header, element('div', { class: 'sides' }, main, chats.root)),
    );
  return {
    show(view) {
      title.textContent = view.title;
      document.title = view.title;
      tools.replaceChildren(...(view.tools ?? []));
      main.replaceChildren(view.content);
      chats.root.classList.toggle('chat-pane_away', view.alone === true);
      chats.toggle.hidden = view.alone === true;
      for (const one of sections.querySelectorAll('a')) {
        const here = sectionOf(currentPath()) === sectionOf(pathAt(one.pathname) ?? '');
        one.toggleAttribute('aria-current', here);
        if (here) one.setAttribute('aria-current', 'page');
      }
    },
  };
}

/** The contacts are the start page. */
const sectionOf = (path: string): string => path.split('/')[1] || 'contacts';

const section = (path: string, outline: string, word: string): HTMLElement =>
  link(path, { class: 'nav__item', 'aria-label': word }, icon(outline), element('span', {}, word));

const painted = (outline: string): HTMLElement =>
  element('span', { class: 'nav__item nav__item_painted', 'aria-hidden': 'true' }, icon(outline));

/** Sections that the sandbox lacks are drawn for recognition, but do nothing. */
function navigation(words: Words): HTMLElement {
  return element(
    'nav',
    { class: 'nav', 'aria-label': words.navigation },
    painted(ICONS.home),
    section('/leads', ICONS.deals, words.deals),
    painted(ICONS.tasks),
    section('/contacts', ICONS.contacts, words.contacts),
    painted(ICONS.mail),
    section('/settings/widgets', ICONS.settings, words.settings),
  );
}

/** Stored in a cookie, so that the server writes it into the next page. */
function themeSwitch(words: Words): HTMLElement {
  const root = document.documentElement;
  const button = element('button', {
    type: 'button',
    class: 'tool tool_icon',
    'aria-label': words.dark,
    title: words.dark,
  });
  const show = (): void => {
    const dark = root.dataset['colorScheme'] === 'dark';
    button.setAttribute('aria-pressed', String(dark));
    button.replaceChildren(icon(dark ? ICONS.sun : ICONS.moon));
  };
  button.addEventListener('click', () => {
    const dark = root.dataset['colorScheme'] !== 'dark';
    root.dataset['colorScheme'] = dark ? 'dark' : 'light';
    document.cookie = `theme=${dark ? 2 : 1}; path=/`;
  });
  new MutationObserver(show).observe(root, { attributeFilter: ['data-color-scheme'] });
  show();
  return button;
}
