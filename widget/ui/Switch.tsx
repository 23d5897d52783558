import type { VNode } from 'preact';

/** While `locked`, it shows its state and keeps the focus, but cannot be changed. */
export function Switch({
  label,
  on,
  locked = false,
  tabIndex,
  onTurn,
}: {
  label: string;
  on: boolean;
  locked?: boolean;
  tabIndex?: number;
  onTurn: (on: boolean) => void;
}): VNode {
  return (
    <input
      type="checkbox"
      role="switch"
      class="switch"
      aria-label={label}
      checked={on}
      aria-disabled={locked || undefined}
      tabIndex={tabIndex}
      onClick={event => {
        if (locked) event.preventDefault();
      }}
      onChange={event => onTurn(event.currentTarget.checked)}
    />
  );
}
