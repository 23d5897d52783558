import { element } from '../page/element.ts';
import { isSame, type Thread } from './threads.ts';
import type { ChatWords } from './words.ts';

const latest = ({ messages }: Thread): number => messages.at(-1)?.at ?? 0;

/** The chats, latest first. */
export function threadList(
  threads: readonly Thread[],
  opened: Thread | undefined,
  words: ChatWords,
  open: (thread: Thread) => void,
): HTMLElement {
  if (threads.length === 0) return element('p', { class: 'note' }, words.noChats);
  const items = [...threads]
    .sort((one, other) => latest(other) - latest(one))
    .map(thread => item(thread, opened !== undefined && isSame(thread, opened), open));
  return element('ul', { 'aria-label': words.chats }, ...items);
}

function item(thread: Thread, current: boolean, open: (thread: Thread) => void): HTMLElement {
  const last = thread.messages.at(-1);
  const button = element(
    'button',
    {
      type: 'button',
      class: 'thread',
      onclick: () => open(thread),
      ...(current ? { 'aria-current': 'true' } : {}),
    },
    element('span', { class: 'thread__face', 'aria-hidden': 'true' }, thread.name.slice(0, 1)),
    element('strong', { class: 'thread__name' }, thread.name),
    element('span', { class: `channel channel_${thread.chatType}` }, thread.channelName),
    element('span', { class: 'thread__text' }, last?.text ?? ''),
  );
  return element('li', {}, button);
}
