import type { ComponentChildren, VNode } from 'preact';

/** While `busy`, the button keeps its focus and place and accepts no presses. */
export function Button({
  children,
  kind = 'plain',
  busy = false,
  disabled = false,
  onPress,
  onReach,
}: {
  children: ComponentChildren;
  /** At most one `primary` button per view. */
  kind?: 'primary' | 'plain' | 'link';
  busy?: boolean;
  disabled?: boolean;
  onPress: () => void;
  /** Called when the pointer or the focus comes near: time to load what a press will need. */
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
