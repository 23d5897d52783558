import type { ComponentChildren, VNode } from 'preact';

const isText = (child: unknown): child is string => typeof child === 'string';

/** What happened, in a box. Problems interrupt a screen reader, everything else waits its turn. */
export function Notice({
  tone,
  children,
  action,
}: {
  tone: 'info' | 'success' | 'problem';
  children: ComponentChildren;
  /** The way out. */
  action?: ComponentChildren;
}): VNode {
  return (
    <div class={`notice notice-${tone}`} role={tone === 'problem' ? 'alert' : 'status'}>
      {/* Another sentence is another element: a page translator may have taken the text of the former one over. */}
      <p key={[children].flat().filter(isText).join('')}>{children}</p>
      {action}
    </div>
  );
}
