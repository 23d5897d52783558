/** The CRM's notices in the corner, and a list of them for tests. */
import { element, icon } from './element.ts';
import { ICONS } from './icons.ts';

export type Notice = { readonly header: string; readonly text: string };

export type Notifications = {
  readonly show_message: (notice: Notice) => void;
  readonly show_message_error: (notice: Notice) => void;
  readonly show_notification: (notice: { readonly text: Notice; readonly type?: string }) => void;
  readonly add_error: (notice: Notice) => void;
  readonly add_call: (notice: Notice) => void;
};

export type Shown = Notice & { readonly kind: 'message' | 'error' };

const STAYS = 8_000;

export function createNotifications(shown: Shown[], closeWord: string): Notifications {
  const holder = element('div', { class: 'notifications', role: 'log', 'aria-live': 'polite' });
  document.body.append(holder);
  const show = (kind: Shown['kind'], { header, text }: Notice): void => {
    shown.push({ kind, header, text });
    const notice = element('div', { class: `notification notification_${kind}` });
    const close = element(
      'button',
      {
        type: 'button',
        class: 'notification__close',
        'aria-label': closeWord,
        onclick: () => notice.remove(),
      },
      icon(ICONS.close),
    );
    notice.append(element('strong', {}, header), element('span', {}, text), close);
    holder.append(notice);
    setTimeout(() => notice.remove(), STAYS);
  };
  return {
    show_message: notice => show('message', notice),
    show_message_error: notice => show('error', notice),
    show_notification: ({ text, type }) => show(type === 'error' ? 'error' : 'message', text),
    add_error: notice => show('error', notice),
    add_call: notice => show('message', notice),
  };
}
