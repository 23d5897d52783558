import type { ComponentChildren, VNode } from 'preact';

const isText = (child: unknown): child is string => typeof child === 'string';

/** Tells what happened, in a box. Problems interrupt a screen reader; other messages wait their turn. */
export function Notice({
  tone,
  children,
  action,
}: {
  tone: 'info' | 'success' | 'problem';
  children: ComponentChildren;
  /** A button or link that resolves the situation. */
  action?: ComponentChildren;
}): VNode {
  return (
    <div class={`notice notice-${tone}`} role={tone === 'problem' ? 'alert' : 'status'}>
      {/* A new sentence gets a new element, because a page translator may have replaced the old text node. */}
      <p key={[children].flat().filter(isText).join('')}>{children}</p>
      {action}
    </div>
  );
}
