import type { VNode } from 'preact';
import { useState } from 'preact/hooks';

export type Choice<T> = { readonly value: T; readonly label: string };

/** Longer lists slow down the page even while they are closed. */
const MANY = 200;

/**
 * The browser's own select. It always shows `value`: a choice that its owner does not accept is undone. A long list
 * gets its options only when the pointer or the focus reaches it. `choices` may be a function for lists that are slow
 * to build.
 */
export function Select<T extends string>({
  label,
  value,
  choices,
  empty,
  onChoose,
}: {
  /** The accessible name, if no label surrounds the select. */
  label?: string;
  value?: T;
  choices: readonly Choice<T>[] | (() => readonly Choice<T>[]);
  /** The text shown while nothing is chosen. Choosing it has no effect. */
  empty?: string;
  onChoose: (value: T) => void;
}): VNode {
  const [isReached, setReached] = useState(false);
  const known = typeof choices !== 'function' ? choices : isReached ? choices() : [];
  const offered = isReached || known.length <= MANY ? known : known.filter(choice => choice.value === value);
  return (
    <select
      class="input"
      aria-label={label}
      value={value ?? ''}
      onPointerEnter={() => setReached(true)}
      onFocus={() => setReached(true)}
      onBlur={() => setReached(false)}
      onChange={({ currentTarget }) => {
        const chosen = known.find(choice => choice.value === currentTarget.value);
        currentTarget.value = value ?? '';
        if (chosen) onChoose(chosen.value);
      }}
    >
      {empty !== undefined && <option value="">{empty}</option>}
      {offered.map(choice => (
        <option key={choice.value} value={choice.value}>
          {choice.label}
        </option>
      ))}
    </select>
  );
}
