/** The chat service's window next to the CRM's own content, for the logged-in person. */
import { chatWindowSchema } from '../wire/stage.ts';
import { ask } from './ask.ts';
import type { Boot } from '../wire/boot.ts';
import { element, icon } from './element.ts';
import { isHalf } from './half.ts';
import { ICONS } from './icons.ts';
import type { Words } from './words.ts';

const REMEMBERED = 'chat-pane';

export type ChatPane = { readonly root: HTMLElement; readonly toggle: HTMLButtonElement };

export function chatPane(boot: Boot, words: Words): ChatPane {
  const root = element('section', { class: 'chat-pane', 'aria-label': words.chats });
  const toggle = element('button', { type: 'button', class: 'tool' }, icon(ICONS.chat), words.chats);
  const fill = async (): Promise<void> => {
    const { url } = await ask('/_stage/chat-window', chatWindowSchema);
    root.replaceChildren(
      url === null ? element('p', { class: 'empty' }, words.chatsAbsent) : frame(url, boot, words),
    );
  };
  const show = (open: boolean): void => {
    root.toggleAttribute('hidden', !open);
    toggle.setAttribute('aria-pressed', String(open));
    toggle.title = open ? words.closeChats : words.openChats;
    localStorage.setItem(REMEMBERED, open ? 'open' : 'closed');
    if (open && root.childElementCount === 0) void fill();
  };
  toggle.addEventListener('click', () => show(root.hasAttribute('hidden')));
  new MutationObserver(() => {
    if (root.hasAttribute('hidden')) root.replaceChildren();
    else void fill();
  }).observe(document.documentElement, { attributeFilter: ['data-color-scheme'] });
  show((localStorage.getItem(REMEMBERED) ?? byDefault()) === 'open');
  return { root, toggle };
}

/** Side by side, two people are meant to compare their chats; on a small screen the card comes first. */
const byDefault = (): string => (isHalf() || window.innerWidth >= 1200 ? 'open' : 'closed');

function frame(url: string, { language }: Boot, words: Words): HTMLElement {
  const address = new URL(url);
  address.searchParams.set('lang', language);
  address.searchParams.set('theme', document.documentElement.dataset['colorScheme'] ?? 'light');
  return element('iframe', {
    title: words.chats,
    src: address.href,
    allow: 'microphone *; clipboard-write *',
  });
}
