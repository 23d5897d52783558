import type { ComponentChildren, VNode } from 'preact';

/** `busy` keeps the focus and the place of the button while its action runs, and takes no further press. */
export function Button({
  children,
  kind = 'plain',
  busy = false,
  disabled = false,
  onPress,
  onReach,
}: {
  children: ComponentChildren;
  /** One `primary` a view. */
  kind?: 'primary' | 'plain' | 'link';
  busy?: boolean;
  disabled?: boolean;
  onPress: () => void;
  /** The pointer or the focus comes near: time to load what a press will need. */
  onReach?: () => void;
}): VNode {
  return (
    <button
      type="button"
      class={`button button-${kind}`}
      disabled={disabled}
      aria-disabled={(busy && !disabled) || undefined}
      aria-busy={busy}
      onClick={() => {
        if (!busy) onPress();
      }}
      onPointerEnter={onReach}
      onFocus={onReach}
    >
      {children}
    </button>
  );
}
