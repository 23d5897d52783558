/** A person's own words to a colleague, or for the feed. */
import type { Signal } from '@preact/signals';
import type { VNode } from 'preact';
import { cut } from '../../../../domain/cut.ts';

/** Enough for a reason, and short enough for a readable task. */
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
          // While an input method is composing, its text must not be changed.
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
 * Works like `maxlength`, but never cuts an emoji in two. The new input is cut to the room there is. The text after it stays.
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
