import type { VNode } from 'preact';
import { useState } from 'preact/hooks';

export type Choice<T> = { readonly value: T; readonly label: string };

/** More options than this slow down the page even while the list is closed. */
const MANY = 200;

/**
 * The browser's own list. It shows `value` and nothing else: a choice that its owner does not take is undone. A long
 * list is filled when somebody reaches for it; one that takes long to make is made then.
 */
export function Select<T extends string>({
  label,
  value,
  choices,
  empty,
  onChoose,
}: {
  /** Where no label stands around it. */
  label?: string;
  value?: T;
  choices: readonly Choice<T>[] | (() => readonly Choice<T>[]);
  /** Stands there until something is chosen, and does nothing itself. */
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
