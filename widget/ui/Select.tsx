import type { VNode } from 'preact';
import type { Choice } from './RadioRow.tsx';

/** The browser's own list. It shows `value` and nothing else: a choice that its owner does not take is undone. */
export function Select({
  value,
  choices,
  onChoose,
}: {
  value: string;
  choices: readonly Choice<string>[];
  onChoose: (value: string) => void;
}): VNode {
  return (
    <select
      class="input"
      value={value}
      onChange={({ currentTarget }) => {
        const chosen = currentTarget.value;
        currentTarget.value = value;
        onChoose(chosen);
      }}
    >
      {choices.map(choice => (
        <option key={choice.value} value={choice.value}>
          {choice.label}
        </option>
      ))}
    </select>
  );
}
