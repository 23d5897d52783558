/**
 * Where on the CRM's page our views go, found by the CRM's own class names (its "widget locations" page and captured
 * pages of its settings modal). Everything is looked up below our own block, never in the whole page: another
 * widget may use the same names.
 */
import { nativeInput } from './own-settings.ts';
import type { AmoWidget, ModalBody } from './widget.ts';
import type { Undo } from '../host.ts';

const CAPTION = 'crm-chat-roles-caption';
const BODY = 'crm-chat-roles-body';

export type CardSlots = { readonly caption: Element; readonly body: Element };

/** Puts our block into the right column. The CRM does this synchronously. */
export function cardSlots(widget: AmoWidget, document: Document): CardSlots | null {
  widget.render_template({ caption: { class_name: CAPTION }, body: `<div class="${BODY}"></div>`, render: '' });
  const body = [...document.querySelectorAll(`#widgets_block .${BODY}`)].at(-1);
  const caption = body?.closest('.card-widgets__widget')?.querySelector(`.${CAPTION}`);
  return body && caption ? { caption, body } : null;
}

/** Hears when the CRM unfolds or folds the panel: only then does our body take up room. */
export function onVisible(body: Element, listener: (isVisible: boolean) => void): Undo {
  const observer = new ResizeObserver(() => listener(body.getClientRects().length > 0));
  observer.observe(body);
  return () => observer.disconnect();
}

/** Our place in the settings modal: instead of the one native field, which stays in the form but out of sight. */
export function settingsSlot(modal: Element): Element | null {
  const input = nativeInput(modal);
  const field = input?.closest<HTMLElement>('.widget_settings_block__item_field');
  const place = field?.parentElement ?? modal.querySelector('.widget_settings_block__fields') ?? modal;
  if (field) field.style.display = 'none';
  return place;
}

export const modalOf = (modalBody: ModalBody): Element | null => modalBody[0] ?? null;

/** Install replaces parts of the modal without calling us again. */
export function onModalChange(modal: Element, listener: () => void): Undo {
  const observer = new MutationObserver(listener);
  observer.observe(modal, { childList: true, subtree: true });
  return () => observer.disconnect();
}
