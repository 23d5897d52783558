/**
 * Replaces the widget in browsers that are too old for it: one sentence in the widget's place. It loads instead of
 * everything else, so it imports nothing and uses only browser features from 2018.
 */
import type { AmoApp, AmoWidget } from './host/amocrm/widget.ts';

const CAPTION = 'crm-chat-roles-caption';

export function OldBrowser(this: AmoWidget): void {
  const widget = this;
  widget.callbacks = {
    render() {
      // Only a card has a column of widgets.
      if (document.querySelector('#widgets_block')) sayInCard(widget);
      return true;
    },
    init: () => true,
    bind_actions: () => true,
    settings(modalBody) {
      if (modalBody[0]) sayInSettings(modalBody[0], widget);
      return true;
    },
    onSave: () => true,
    contacts: {
      selected() {
        const app: AmoApp | undefined = Object(window).APP || Object(window).AMOCRM;
        const header = wordOf(widget, 'widget.name');
        if (app && app.notifications)
          app.notifications.show_message_error({ header, text: sentenceOf(widget) });
        return true;
      },
    },
    destroy: () => undefined,
  };
}

function sayInCard(widget: AmoWidget): void {
  widget.render_template({ caption: { class_name: CAPTION }, body: '', render: '' });
  const captions = document.querySelectorAll<HTMLElement>(`#widgets_block .${CAPTION}`);
  const caption = captions[captions.length - 1];
  if (!caption) return;
  caption.style.flexWrap = 'wrap';
  caption.style.height = 'auto';
  caption.appendChild(paragraphOf(widget));
}

/** The CRM's Install button replaces parts of the window without a callback. */
function sayInSettings(modal: Element, widget: AmoWidget): void {
  const paragraph = paragraphOf(widget);
  const show = (): void => {
    if (modal.contains(paragraph)) return;
    const place = modal.querySelector('.widget_settings_block__fields') || modal;
    place.insertBefore(paragraph, place.firstChild);
  };
  show();
  new MutationObserver(show).observe(modal, { childList: true, subtree: true });
}

function paragraphOf(widget: AmoWidget): HTMLElement {
  const paragraph = document.createElement('p');
  paragraph.textContent = sentenceOf(widget);
  paragraph.style.cssText = 'flex: 1 0 100%; margin: 8px 0; font-weight: 400; white-space: normal';
  return paragraph;
}

const sentenceOf = (widget: AmoWidget): string => wordOf(widget, 'card.oldBrowser');

function wordOf({ langs }: AmoWidget, key: string): string {
  const [section = '', name = ''] = key.split('.');
  return String(Object(Object(langs)[section])[name] || '');
}
