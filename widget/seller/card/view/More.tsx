/** Less frequent actions on my own client, behind "More": handing them over, giving them back. */
import type { VNode } from 'preact';
import { Button } from '../../../ui/Button.tsx';
import { useWords } from '../../../words/words.tsx';
import type { CardModel } from '../model/card.ts';

export function More({ model }: { model: CardModel }): VNode | null {
  const t = useWords();
  const { exchange } = model;
  const { kind } = exchange.state.value;
  if (
    kind === 'writing' ||
    kind === 'sending' ||
    model.state.value.kind === 'missing' ||
    model.ownership.value.kind !== 'mine'
  )
    return null;
  return (
    <details class="fold">
      <summary class="quiet">{t('claim.more')}</summary>
      <div class="stack">
        <Button key="give" onPress={() => exchange.open('give')}>
          {t('claim.give.button')}
        </Button>
        {exchange.release && (
          <Button key="release" onPress={() => exchange.open('release')}>
            {t('claim.give.release')}
          </Button>
        )}
      </div>
    </details>
  );
}
