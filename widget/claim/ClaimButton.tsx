import type { VNode } from 'preact';
import { Button } from '../ui/Button.tsx';
import { useWords } from '../words.tsx';
import { isBusy, isClaimable, type CardModel } from './model.ts';

/** There only when a press makes sense. What the press needs is loaded when the pointer or the focus comes near. */
export function ClaimButton({ model }: { model: CardModel }): VNode | null {
  const t = useWords();
  const state = model.state.value;
  if (!isClaimable(state) && !isBusy(state)) return null;
  return (
    <Button kind="primary" busy={isBusy(state)} onReach={model.prepare} onPress={() => void model.claim()}>
      {state.kind === 'claiming' ? t('card.claiming') : t('card.button')}
    </Button>
  );
}
