/**
 * The CRM's modal window, which widgets get as `lib/components/base/modal`. Escape, a click outside, and any element
 * with the class of its cross close it; Enter presses the accept button. It listens on the document, so keys pressed
 * inside a widget's own dialog reach it too unless the widget stops them.
 */
import { element, icon } from './element.ts';
import type { Gaps } from './gaps.ts';
import { ICONS } from './icons.ts';
import type { JQuery, JQueryStatic } from './jquery.ts';
import type { Words } from './words.ts';

export type ModalOptions = {
  readonly class_name?: string;
  readonly label?: string;
  readonly container?: HTMLElement;
  readonly init?: (body: JQuery) => void;
  /** Returning `false` keeps the window open. */
  readonly destroy?: () => unknown;
  readonly disable_overlay_click?: boolean;
  readonly disable_escape_keydown?: boolean;
  readonly disable_enter_keydown?: boolean;
  readonly focus_element?: string;
};

export type Modal = {
  readonly destroy: () => void;
  readonly showSuccess: (text: string, then?: (() => void) | false, milliseconds?: number) => void;
  readonly showError: (text: string, retry?: (() => void) | false) => void;
};

export type ModalClass = (options?: ModalOptions) => Modal;

/** The options above, and those that affect only the window's appearance in the CRM. */
const OPTIONS = new Set(
  (
    'class_name label container init destroy focus_element disable_overlay_click disable_escape_keydown ' +
    'disable_enter_keydown init_animation default_overlay can_centrify centrify_animation disable_resize'
  ).split(' '),
);

/** Works with and without `new`. */
export function modalClass($: JQueryStatic, words: Words, gaps: Gaps): ModalClass {
  return function openModal(options = {}) {
    for (const name of Object.keys(options)) if (!OPTIONS.has(name)) gaps.name(`modal option ${name}`);
    const ns = `.modal${Math.random().toString(36).slice(2)}`;
    const focusedBefore = document.activeElement;
    const body = element('div', { class: 'modal-body modal-body-relative' });
    const overlay = element(
      'div',
      { class: 'default-overlay modal-overlay modal-overlay_white' },
      element('span', { class: 'modal-overlay__spinner spinner-icon spinner-icon-abs-center' }),
    );
    const close = element(
      'button',
      { type: 'button', class: 'modal-body__close', 'aria-label': words.close, onclick: () => destroy() },
      icon(ICONS.close),
    );
    const root = element(
      'div',
      {
        class: `modal ${options.class_name ?? ''}`.trim(),
        role: 'dialog',
        'aria-modal': 'true',
        'aria-label': options.label ?? '',
        tabindex: '-1',
      },
      element(
        'div',
        { class: 'modal-scroller custom-scroll' },
        element('div', { class: 'modal-frame' }, close, body),
      ),
      overlay,
    );

    const destroy = (): void => {
      if (options.destroy?.() === false) return;
      $(document).off(ns);
      root.remove();
      if (focusedBefore instanceof HTMLElement) focusedBefore.focus();
    };
    const say = (className: string, text: string, word: string, then?: (() => void) | false): void => {
      const button = element('button', { type: 'button', class: 'button-input js-modal-accept' }, word);
      button.addEventListener('click', () => {
        if (then) then();
        else destroy();
      });
      body.replaceChildren(element('div', { class: className }, element('p', {}, text), button));
    };

    $(body).on('modal:loaded', () => overlay.remove());
    $(document).on(`keydown${ns}`, ({ key }) => {
      if (key === 'Escape' && !options.disable_escape_keydown) destroy();
      if (key === 'Enter' && !options.disable_enter_keydown) {
        root.querySelector<HTMLElement>(options.focus_element ?? '.js-modal-accept')?.click();
      }
    });
    root.addEventListener('click', ({ target }) => {
      if (!(target instanceof Element)) return;
      // The widget may have drawn its own cross.
      if (body.contains(target) && target.closest('.modal-body__close')) destroy();
      const beside = !target.closest('.modal-frame') && target.isConnected;
      if (beside && !options.disable_overlay_click) destroy();
    });
    (options.container ?? document.body).append(root);
    root.focus();
    options.init?.($(body));

    return {
      destroy,
      showSuccess(text, then, milliseconds = 2_000) {
        say('modal-success', text, words.accept, then);
        setTimeout(destroy, milliseconds);
      },
      showError: (text, retry) =>
        say('modal-error', text, retry === false ? words.close : words.retry, retry),
    };
  };
}
