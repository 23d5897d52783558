import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import type { Choice } from './RadioRow.tsx';

/** More than this slow down every page that they lie in, even unopened. */
const MANY = 200;

/**
 * The browser's own list. It shows `value` and nothing else: a choice that its owner does not take is undone. A long
 * list is filled when somebody reaches for it.
 */
export function Select({
  value,
  choices,
  onChoose,
}: {
  value: string;
  choices: readonly Choice<string>[];
  onChoose: (value: string) => void;
}): VNode {
  const [isReached, setReached] = useState(false);
  const offered =
    isReached || choices.length <= MANY ? choices : choices.filter(choice => choice.value === value);
  return (
    <select
      class="input"
      value={value}
      onPointerEnter={() => setReached(true)}
      onFocus={() => setReached(true)}
      onBlur={() => setReached(false)}
      onChange={({ currentTarget }) => {
        const chosen = currentTarget.value;
        currentTarget.value = value;
        onChoose(chosen);
      }}
    >
      {offered.map(choice => (
        <option key={choice.value} value={choice.value}>
          {choice.label}
        </option>
      ))}
    </select>
  );
}
