/**
 * A modal dialog on the browser's own `<dialog>`: it keeps the focus, lies above everything the page has, and gives
 * the focus back when it goes. It is open for as long as it is rendered.
 */
import type { ComponentChildren, VNode } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';

export function Dialog({
  title,
  children,
  footer,
  size = 'large',
  onClose,
}: {
  title: string;
  children: ComponentChildren;
  footer: ComponentChildren;
  size?: 'large' | 'small';
  /** Asked on Escape. The owner decides, by rendering on or not. */
  onClose: () => void;
}): VNode {
  const dialog = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => {
    const element = dialog.current;
    element?.showModal();
    return () => element?.close();
  }, []);
  return (
    <dialog
      ref={dialog}
      class={`dialog dialog-${size}`}
      aria-label={title}
      onCancel={event => {
        // Escape in a search field or in an inner dialog is not ours; and closing is the owner's decision.
        if (event.target !== dialog.current) return;
        event.preventDefault();
        onClose();
      }}
    >
      <header class="dialog-head">
        <h2>{title}</h2>
      </header>
      <div class="dialog-body">{children}</div>
      <footer class="dialog-foot">{footer}</footer>
    </dialog>
  );
}
