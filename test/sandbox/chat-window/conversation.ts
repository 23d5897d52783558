import * as v from 'valibot';
import { ask } from '../page/ask.ts';
import { element } from '../page/element.ts';
import type { Thread } from './threads.ts';
import type { ChatWords } from './words.ts';

export type Conversation = {
  readonly thread: Thread;
  /** Shows new messages; a message that is being typed stays. */
  readonly update: (thread: Thread) => void;
};

export type ConversationOptions = {
  readonly words: ChatWords;
  readonly send: (text: string) => Promise<void>;
  readonly back: () => void;
};

const sentSchema = v.object({ id: v.string() });

export async function sendMessage(
  address: string,
  { channelId, chatId }: Thread,
  text: string,
): Promise<void> {
  await ask(address, sentSchema, { channelId, chatId, text });
}

export function showConversation(
  place: HTMLElement,
  thread: Thread,
  options: ConversationOptions,
): Conversation {
  const { words } = options;
  const messages = element('ol', {
    class: 'messages',
    'aria-live': 'polite',
    tabindex: '0',
    'aria-label': thread.name,
  });
  const answer = answerForm(options);
  const readOnly = element('p', { class: 'read-only' }, words.readOnly);
  const update = (latest: Thread): void => {
    messages.replaceChildren(...latest.messages.map(message));
    messages.scrollTop = messages.scrollHeight;
    answer.hidden = !latest.mayWrite;
    readOnly.hidden = latest.mayWrite;
  };
  place.replaceChildren(
    element(
      'header',
      {},
      element(
        'button',
        { type: 'button', class: 'back', 'aria-label': words.back, onclick: options.back },
        '←',
      ),
      element('strong', {}, thread.name),
      element('span', { class: `channel channel_${thread.chatType}` }, thread.channelName),
    ),
    messages,
    answer,
    readOnly,
  );
  update(thread);
  return { thread, update };
}

function message({ at, text, mine, author }: Thread['messages'][number]): HTMLElement {
  const time = new Intl.DateTimeFormat(document.documentElement.lang, { timeStyle: 'short' }).format(at);
  return element(
    'li',
    { class: mine ? 'message message_mine' : 'message' },
    element('span', { class: 'message__author' }, `${author}, ${time}`),
    element('p', {}, text),
  );
}

function answerForm({ words, send }: ConversationOptions): HTMLFormElement {
  const text = element('textarea', { rows: 2, 'aria-label': words.message, placeholder: words.message });
  const problem = element('p', { class: 'problem', role: 'alert' });
  const form = element(
    'form',
    { class: 'answer' },
    text,
    element('button', { type: 'submit', class: 'send' }, words.send),
    problem,
  );
  form.addEventListener('submit', event => {
    event.preventDefault();
    const typed = text.value.trim();
    if (typed === '') return;
    text.value = '';
    problem.textContent = '';
    send(typed).catch(() => {
      text.value = typed;
      problem.textContent = words.notSent;
    });
  });
  text.addEventListener('keydown', event => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    form.requestSubmit();
  });
  return form;
}
