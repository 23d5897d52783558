/** A person's own words to a colleague, or for the feed. */
import type { Signal } from '@preact/signals';
import type { VNode } from 'preact';
import { cut } from '../../../../domain/cut.ts';

/** Enough for a reason, and a task stays readable. */
const MOST_CHARACTERS = 500;

export function WordsField({
  label,
  hint,
  words,
}: {
  label: string;
  hint?: string | undefined;
  words: Signal<string>;
}): VNode {
  const take = (field: HTMLTextAreaElement): void => {
    words.value = withinLimit(field);
  };
  return (
    <label class="field">
      <span>{label}</span>
      <textarea
        class="input"
        rows={2}
        value={words.value}
        onInput={({ currentTarget, isComposing }) => {
          // What an input method has under its hands is left alone until it is done.
          if (isComposing) words.value = currentTarget.value;
          else take(currentTarget);
        }}
        onCompositionEnd={({ currentTarget }) => take(currentTarget)}
      />
      {hint && <span class="quiet">{hint}</span>}
    </label>
  );
}

/**
 * Like `maxlength`, which cuts an emoji in two: of what was just put in, as much stays as there is room for, and what
 * stood behind it is left alone.
 */
function withinLimit(field: HTMLTextAreaElement): string {
  const { value, selectionEnd } = field;
  if (value.length <= MOST_CHARACTERS) return value;
  const behind = value.slice(selectionEnd);
  const before = cut(value.slice(0, selectionEnd), Math.max(0, MOST_CHARACTERS - behind.length));
  field.value = cut(before + behind, MOST_CHARACTERS);
  field.setSelectionRange(before.length, before.length);
  return field.value;
}
