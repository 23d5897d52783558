/**
 * Where on the CRM's page our views go, found by the CRM's own class names (its "widget locations" page and captured
 * pages of its settings modal). Everything is looked up below our own block, never in the whole page: another
 * widget may use the same names.
 */
import type { AmoWidget } from './widget.ts';
import type { CardSlots, Dispose } from '../host.ts';

const CAPTION = 'crm-chat-roles-caption';
const BODY = 'crm-chat-roles-body';

/** Puts our block into the right column. The CRM does this synchronously. */
export function cardSlots(widget: AmoWidget, document: Document): CardSlots | null {
  widget.render_template({
    caption: { class_name: CAPTION },
    body: `<div class="${BODY}"></div>`,
    render: '',
  });
  const body = [...document.querySelectorAll(`#widgets_block .${BODY}`)].at(-1);
  const caption = body?.closest('.card-widgets__widget')?.querySelector<HTMLElement>(`.${CAPTION}`);
  if (!body || !caption) return null;
  // Room for a line of ours below the logo, whichever way the CRM lays its caption out (inferred).
  caption.style.flexWrap = 'wrap';
  caption.style.height = 'auto';
  return {
    caption: { parent: caption, after: null },
    body: { parent: body, after: null },
    onVisible: listener => onVisible(body, listener),
  };
}

/** Calls back when the CRM unfolds or folds the panel: our body takes up room only while it is unfolded. */
export function onVisible(body: Element, listener: (isVisible: boolean) => void): Dispose {
  // Without one there are no calls, and the caption goes on showing the button.
  const { ResizeObserver: Observer } = globalThis as Partial<Pick<typeof globalThis, 'ResizeObserver'>>;
  const observer = Observer && new Observer(() => listener(body.getClientRects().length > 0));
  observer?.observe(body);
  return () => observer?.disconnect();
}
