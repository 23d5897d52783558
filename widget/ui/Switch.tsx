import type { VNode } from 'preact';

export function Switch({
  label,
  on,
  disabled,
  onTurn,
}: {
  label: string;
  on: boolean;
  disabled: boolean;
  onTurn: (on: boolean) => void;
}): VNode {
  return (
    <input
      type="checkbox"
      role="switch"
      class="switch"
      aria-label={label}
      checked={on}
      disabled={disabled}
      onChange={event => onTurn(event.currentTarget.checked)}
    />
  );
}
