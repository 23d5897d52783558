import type { ComponentChildren, VNode } from 'preact';

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
      <p>{children}</p>
      {action}
    </div>
  );
}
