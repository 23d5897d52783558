/** The line that shows while the CRM keeps our panel folded: whose client this is, and the button. */
import type { VNode } from 'preact';
import type { ReadonlySignal } from '@preact/signals';
import { useWords } from '../words.tsx';
import { ClaimButton } from './ClaimButton.tsx';
import type { CardModel } from './model.ts';
import { headline } from './headline.ts';

export function CardCaption({
  model,
  isOpen,
}: {
  model: CardModel;
  isOpen: ReadonlySignal<boolean>;
}): VNode | null {
  const t = useWords();
  if (isOpen.value) return null;
  return (
    <div class="caption">
      <span class="caption-line">{headline(model.state.value, t)}</span>
      <ClaimButton model={model} />
    </div>
  );
}
