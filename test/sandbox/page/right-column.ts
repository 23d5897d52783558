/**
 * The column of widgets in a card. A block's body is hidden until it is opened. The whole column can be collapsed to a
 * strip of logos; a cookie remembers that, and on a small screen it always starts collapsed. With two people side by
 * side, the column is open next to the card, because its controls are what the screen is for.
 */
import { element, icon } from './element.ts';
import { hasRoomInHalf, isHalf } from './half.ts';
import { ICONS } from './icons.ts';
import { markup } from './trusted.ts';
import type { Context } from './context.ts';
import type { Entity } from './place.ts';
import { wordOf, type WidgetInstance } from './widget-instance.ts';

export type BlockTemplate = {
  readonly caption?: { readonly class_name?: string; readonly html?: string };
  readonly body?: string;
  readonly render?: string;
};

const BLOCK = '.card-widgets__widget';
const BODY = '.card-widgets__widget__body';
const CLOSED_ARROW = 'widgets__widget__caption__arrow_bottom';
const OPEN_ARROW = 'widgets__widget__caption__arrow_top';

/** Puts a block in place of the widget's previous one, or at the end. Outside a card there is no place for it. */
export function renderBlock(
  widget: WidgetInstance,
  { caption = {}, body = '', render = '' }: BlockTemplate,
): void {
  const blocks = document.querySelector('#widgets_block .card-widgets__elements');
  if (!blocks) return;
  const { widget_code: code = '', images_path: images = '' } = widget.params ?? {};
  const name = wordOf(widget, 'widget.name') || code;
  const block = element('div', {
    class: `card-widgets__widget card-widgets__widget-${code}`,
    'data-code': code,
  });
  const head = element(
    'div',
    { class: `card-widgets__widget__caption js-widget-caption-block ${caption.class_name ?? ''}`.trim() },
    element('img', {
      class: 'card-widgets__widget__caption__logo',
      src: `${images}/logo_medium.png`,
      alt: name,
    }),
    element('img', {
      class: 'card-widgets__widget__caption__logo_min',
      src: `${images}/logo_min.png`,
      alt: name,
    }),
  );
  head.insertAdjacentHTML('beforeend', markup(caption.html ?? ''));
  head.append(element('div', { class: `card-widgets__widget__caption__arrow ${CLOSED_ARROW}` }));
  const content = element('div', { class: 'card-widgets__widget__body', style: 'display:none' });
  content.innerHTML = markup(body + render);
  block.append(head, content);
  const before = blocks.querySelector(`:scope > .card-widgets__widget-${code}`);
  if (before) before.replaceWith(block);
  else blocks.append(block);
  document.querySelector('#widgets_block')?.classList.remove('js-widgets-hidden');
}

/**
 * Creates the empty column; contacts and deals each remember whether theirs is open. Its handlers are on the card, so
 * that a widget can stop an event before them.
 */
export function rightColumn({ $, app, words }: Context, entity: Entity, card: HTMLElement): HTMLElement {
  const cookie = `${entity}_crd_wdgt`;
  const elements = element('div', { class: 'card-widgets__elements' });
  const toggle = element('button', { type: 'button', class: 'card-widgets__toggle js-card-widgets-on-off' });
  const column = element(
    'aside',
    {
      id: 'widgets_block',
      class: `card-widgets js-widgets-hidden${isHalf() ? ' card-widgets_half' : ''}`,
      'aria-label': words.widgets,
    },
    element('div', { class: 'card-widgets__top' }, element('h2', {}, words.widgets), toggle),
    element('div', { id: 'nano-card-widgets' }, elements),
  );
  const overlay = element('div', {
    id: 'card_widgets_overlay',
    class: 'default-overlay',
    style: 'z-index:105',
  });
  overlay.addEventListener('click', () => setOpen(false));

  const setBlock = (block: Element, open: boolean): void => {
    const body = block.querySelector<HTMLElement>(BODY);
    const arrow = block.querySelector('.card-widgets__widget__caption__arrow');
    if (!body || !arrow) return;
    arrow.classList.toggle(OPEN_ARROW, open);
    arrow.classList.toggle(CLOSED_ARROW, !open);
    body.style.display = open ? '' : 'none';
    body.classList.toggle('js-body-hide', open);
    $(column).trigger('widgets_body:change_state', [{ $el: $(block), state: open ? 'open' : 'close' }]);
  };
  const hasRoom = (): boolean => app.notSmall || hasRoomInHalf();
  const isOpen = (): boolean => column.classList.contains('js-widgets-active');
  const show = (open: boolean): void => {
    column.classList.toggle('js-widgets-active', open);
    card.classList.toggle('card_with-half', open && isHalf());
    card.classList.toggle('js-widgets-active', open);
    card.classList.toggle('content__card-holder-widgets', open);
    toggle.replaceChildren(icon(open ? ICONS.right : ICONS.left));
    toggle.setAttribute('aria-label', open ? words.closeWidgets : words.openWidgets);
    toggle.setAttribute('aria-expanded', String(open));
    if (open && !hasRoom()) card.append(overlay);
    else overlay.remove();
  };
  const setOpen = (open: boolean): void => {
    show(open);
    document.cookie = `${cookie}=${open ? 1 : 0}; path=/`;
    if (!open) return;
    const first = column.querySelector(BLOCK);
    if (first) setBlock(first, true);
    $(column).trigger('openWidgetPanel');
  };

  show(hasRoom() && !document.cookie.includes(`${cookie}=0`));
  $(card).on('click', '.js-card-widgets-on-off', () => setOpen(!isOpen()));
  $(card).on('click', '.card-widgets__elements', () => {
    if (!isOpen()) setOpen(true);
  });
  $(card).on('click', '.js-widget-caption-block', ({ target }) => {
    const block = target.closest(BLOCK);
    if (block && isOpen()) setBlock(block, block.querySelector<HTMLElement>(BODY)?.style.display === 'none');
  });
  $(card).on('toggleWidgetPanel', () => setOpen(!isOpen()));
  return column;
}
