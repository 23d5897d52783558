import type { VNode } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';

export type Choice<T> = { readonly value: T; readonly label: string; readonly icon?: VNode };

/**
 * A radio group in one line. `value` may match no choice: then nothing is known to be chosen. While it is `locked` it
 * shows its value and keeps the focus, and nothing can be chosen.
 */
export function RadioRow<T extends string>({
  label,
  group,
  choices,
  value,
  disabled = false,
  locked = false,
  tabIndex,
  onChoose,
}: {
  label: string;
  /** Unique within the root: radios with one name exclude each other. */
  group: string;
  choices: readonly Choice<T>[];
  value: T | undefined;
  disabled?: boolean;
  locked?: boolean;
  tabIndex?: number;
  onChoose: (value: T) => void;
}): VNode {
  const row = useRef<HTMLDivElement>(null);
  // Chromium never lets go of a radio that leaves a shadow root with a name, nor of all that is around it.
  useLayoutEffect(
    () => () => row.current?.querySelectorAll('input').forEach(one => one.removeAttribute('name')),
    [],
  );
  return (
    <div ref={row} class="radio-row" role="radiogroup" aria-label={label}>
      {choices.map(choice => (
        <label key={choice.value} class={`radio radio-${choice.value}`}>
          <input
            type="radio"
            name={group}
            checked={choice.value === value}
            disabled={disabled}
            aria-disabled={locked || undefined}
            tabIndex={tabIndex}
            onClick={event => {
              if (locked) event.preventDefault();
            }}
            onChange={() => onChoose(choice.value)}
          />
          {choice.icon}
          <span>{choice.label}</span>
        </label>
      ))}
    </div>
  );
}
