/**
 * A modal dialog based on the browser's own `<dialog>`: it traps the focus, is above everything on the page, and
 * returns the focus when it closes. It is open for as long as it is rendered.
 *
 * It handles key events even if the focus is nowhere, as after a click on empty space; otherwise the page's own Escape
 * handler would close the window below. Escape is handled before the browser acts on it, because on a second Escape in
 * a row the browser closes a dialog without asking.
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
  /** Content next to the title. */
  aside?: ComponentChildren;
  children: ComponentChildren;
  footer: ComponentChildren;
  size?: 'large' | 'medium' | 'small';
  /** Handles keys for this dialog, wherever the focus is. */
  onKey?: (event: KeyboardEvent, dialog: Element) => void;
  /** Called on Escape. The owner decides whether the dialog stays rendered. */
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
    // Screen readers then read the title first, and a delayed key press activates no button.
    element.focus();
    const keepKeys = (event: KeyboardEvent): void => {
      // An inner dialog is on top and handles its own keys.
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
      // Fires for ways to close other than the key, such as a phone's back gesture.
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

/** Escape in a non-empty search field clears the field instead. */
const isClearing = (target: EventTarget | undefined): boolean =>
  target instanceof HTMLInputElement && target.type === 'search' && target.value !== '';
