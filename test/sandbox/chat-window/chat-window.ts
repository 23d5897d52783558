/**
 * The chat service's window: the chats that the service lets this person see, updated live. It is a third party in the
 * CRM's page and identifies its person only by the signed address.
 */
import { ask } from '../page/ask.ts';
import { element } from '../page/element.ts';
import { sendMessage, showConversation, type Conversation } from './conversation.ts';
import { threadList } from './thread-list.ts';
import { isSame, threadsSchema, type Thread, type Threads } from './threads.ts';
import { chatWordsIn } from './words.ts';
import './chat-window.css';

function start(): void {
  const query = new URLSearchParams(location.search);
  const words = chatWordsIn(query.get('lang'));
  const token = encodeURIComponent(query.get('token') ?? '');
  document.documentElement.lang = query.get('lang') ?? 'ru';
  document.documentElement.dataset['colorScheme'] = query.get('theme') ?? 'light';
  document.title = words.chats;

  const list = element('section', { class: 'threads', 'aria-label': words.chats });
  const side = element('section', { class: 'conversation' });
  const lost = element('p', { class: 'lost', role: 'status' });
  const frame = element('main', { class: 'window' }, lost, list, side);
  document.body.append(frame);
  let opened: Conversation | undefined;

  const note = (text: string): void => {
    opened = undefined;
    frame.classList.remove('window_reading');
    side.replaceChildren(element('p', { class: 'note', role: 'status' }, text));
  };
  const open = (thread: Thread): void => {
    lost.textContent = '';
    frame.classList.add('window_reading');
    opened = showConversation(side, thread, {
      words,
      send: text => sendMessage(`/window/messages?token=${token}`, thread, text),
      back: () => {
        note(words.chooseChat);
        void refresh();
      },
    });
    void refresh();
  };
  const lose = (): void => {
    note(words.chooseChat);
    lost.textContent = words.gone;
  };
  const show = ({ access, threads }: Threads): void => {
    frame.classList.toggle('window_closed', !access);
    if (!access) {
      opened = undefined;
      list.replaceChildren(
        element('p', { class: 'note' }, element('strong', {}, words.noAccess), words.noAccessText),
      );
      side.replaceChildren();
      return;
    }
    const shown = opened;
    const mine = shown && threads.find(thread => isSame(thread, shown.thread));
    if (mine) shown.update(mine);
    else if (shown) lose();
    else if (side.childElementCount === 0) note(words.chooseChat);
    list.replaceChildren(threadList(threads, mine, words, open));
  };
  const refresh = (): Promise<void> => ask(`/window/threads?token=${token}`, threadsSchema).then(show);

  new EventSource(`/window/events?token=${token}`).addEventListener('message', () => void refresh());
  const openOnActive = async (): Promise<void> => {
    const { active, threads } = await ask(`/window/threads?token=${token}`, threadsSchema);
    const wanted = threads.find(
      one => one.chatId === active?.chatId && one.channelId === (active.channelId ?? one.channelId),
    );
    if (wanted) open(wanted);
    else await refresh();
  };
  openOnActive().catch(() => note(words.failed));
}

start();
