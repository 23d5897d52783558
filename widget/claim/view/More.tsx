/** What is done less often, behind a quiet «More»: handing the client over, giving the client back, asking for one. */
import type { VNode } from 'preact';
import { Button } from '../../ui/Button.tsx';
import { useWords } from '../../words.tsx';
import type { CardModel } from '../model/card.ts';
import { isAskOnly } from './Letter.tsx';

export function More({ model }: { model: CardModel }): VNode | null {
  const t = useWords();
  const { exchange } = model;
  const { kind } = exchange.state.value;
  const whose = model.ownership.value.kind;
  const mayAsk = whose === 'colleagues' && !isAskOnly(model) && exchange.mine.value === null;
  if (
    kind === 'writing' ||
    kind === 'sending' ||
    model.state.value.kind === 'missing' ||
    (whose !== 'mine' && !mayAsk)
  )
    return null;
  return (
    <details class="fold">
      <summary class="quiet">{t('claim.more')}</summary>
      <div class="stack">
        {whose === 'mine' && (
          <Button key="give" onPress={() => exchange.open('give')}>
            {t('claim.give.button')}
          </Button>
        )}
        {whose === 'mine' && exchange.release && (
          <Button key="release" onPress={() => exchange.open('release')}>
            {t('claim.give.release')}
          </Button>
        )}
        {mayAsk && (
          <Button key="ask" onPress={() => exchange.open('ask')}>
            {t('claim.ask.button')}
          </Button>
        )}
      </div>
    </details>
  );
}
