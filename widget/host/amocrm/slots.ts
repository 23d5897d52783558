/**
 * Where views go on the CRM's page, found by the CRM's own class names (its "widget locations" page and captured pages
 * of its settings window). Elements are searched only inside the widget's own block, because other widgets may use the
 * same names.
 */
import type { AmoWidget } from './widget.ts';
import type { CardSlots, Dispose } from '../host.ts';

const CAPTION = 'crm-chat-roles-caption';
const BODY = 'crm-chat-roles-body';

/** Adds the widget's block to the right column. The CRM does this synchronously. */
export function cardSlots(widget: AmoWidget, document: Document): CardSlots | null {
  widget.render_template({
    caption: { class_name: CAPTION },
    body: `<div class="${BODY}"></div>`,
    render: '',
  });
  const body = [...document.querySelectorAll(`#widgets_block .${BODY}`)].at(-1);
  const caption = body?.closest('.card-widgets__widget')?.querySelector<HTMLElement>(`.${CAPTION}`);
  if (!body || !caption) return null;
  // Makes room for a line below the logo, however the CRM lays out its caption (inferred).
  caption.style.flexWrap = 'wrap';
  caption.style.height = 'auto';
  return {
    caption: { parent: caption, after: null },
    body: { parent: body, after: null },
    onVisible: listener => onVisible(body, listener),
  };
}

/** Calls back when the CRM folds or unfolds the panel: the widget's body has a height only while it is unfolded. */
export function onVisible(body: Element, listener: (isVisible: boolean) => void): Dispose {
  // Without an observer there are no calls, and the caption keeps showing the button.
  const { ResizeObserver: Observer } = globalThis as Partial<Pick<typeof globalThis, 'ResizeObserver'>>;
  const observer = Observer && new Observer(() => listener(body.getClientRects().length > 0));
  observer?.observe(body);
  return () => observer?.disconnect();
}
