/**
 * A modal dialog on the browser's own `<dialog>`: it keeps the focus, lies above everything the page has, and gives
 * the focus back when it goes. It is open for as long as it is rendered.
 *
 * Keys belong to it even while the focus is nowhere, after a click on bare ground: otherwise the page's own Escape
 * would close the window beneath. And Escape is taken before the browser acts on it, because on a second one in a row
 * the browser closes a dialog without asking.
 */
import type { ComponentChildren, VNode } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';

export function Dialog({
  title,
  aside,
  children,
  footer,
  size = 'large',
  onKey,
  onClose,
}: {
  title: string;
  /** Beside the title. */
  aside?: ComponentChildren;
  children: ComponentChildren;
  footer: ComponentChildren;
  size?: 'large' | 'medium' | 'small';
  /** A key that belongs to this dialog, wherever the focus is. */
  onKey?: (event: KeyboardEvent, dialog: Element) => void;
  /** Asked on Escape. The owner decides, by rendering on or not. */
  onClose: () => void;
}): VNode {
  const dialog = useRef<HTMLDialogElement>(null);
  const close = useRef(onClose);
  close.current = onClose;
  const hear = useRef(onKey);
  hear.current = onKey;
  useLayoutEffect(() => {
    const element = dialog.current;
    if (!element) return undefined;
    element.showModal();
    // A screen reader reads the title first, and a late key stroke presses no button.
    element.focus();
    const keepKeys = (event: KeyboardEvent): void => {
      // An inner dialog lies above and answers for itself.
      if (element.querySelector('dialog[open]')) return;
      const isInside = event.composedPath().includes(element);
      if (event.key === 'Escape' && !(isInside && isClearing(event.composedPath()[0]))) {
        event.preventDefault();
        event.stopImmediatePropagation();
        close.current();
        return;
      }
      if (!isInside) event.stopImmediatePropagation();
      hear.current?.(event, element);
    };
    const { defaultView: page } = element.ownerDocument;
    page?.addEventListener('keydown', keepKeys, { capture: true });
    return () => {
      page?.removeEventListener('keydown', keepKeys, { capture: true });
      element.close();
    };
  }, []);
  return (
    <dialog
      ref={dialog}
      class={`dialog dialog-${size}`}
      tabIndex={-1}
      aria-label={title}
      // Other ways out than the key, such as a phone's back gesture.
      onCancel={event => {
        if (event.target !== dialog.current) return;
        event.preventDefault();
        onClose();
      }}
    >
      <header class="dialog-head">
        <h2>{title}</h2>
        {aside}
      </header>
      <div class="dialog-body">{children}</div>
      <footer class="dialog-foot">{footer}</footer>
    </dialog>
  );
}

/** Escape in a search field that holds text empties the field. */
const isClearing = (target: EventTarget | undefined): boolean =>
  target instanceof HTMLInputElement && target.type === 'search' && target.value !== '';
