/** What is done less often, behind a quiet «More»: handing the client over, giving him back, asking for him. */
import type { VNode } from 'preact';
import { Button } from '../../ui/Button.tsx';
import { useWords } from '../../words.tsx';
import type { CardModel } from '../model/card.ts';

export function More({ model }: { model: CardModel }): VNode | null {
  const t = useWords();
  const { exchange } = model;
  const { kind } = exchange.state.value;
  const whose = model.ownership.value.kind;
  // Where asking is all that one can do, the card's button does it.
  const isOnlyWay = model.permission.value.kind === 'ask-owner' || model.state.value.kind === 'too-soon';
  const mayAsk = whose === 'colleagues' && !isOnlyWay && exchange.mine.value === null;
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
        {whose === 'mine' && <Button onPress={() => exchange.open('give')}>{t('claim.give.button')}</Button>}
        {whose === 'mine' && exchange.release && (
          <Button onPress={() => exchange.open('release')}>{t('claim.give.release')}</Button>
        )}
        {mayAsk && <Button onPress={() => exchange.open('ask')}>{t('claim.ask.button')}</Button>}
      </div>
    </details>
  );
}

/** Beside the button that sends what is being written. */
export function Cancel({ model: { exchange } }: { model: CardModel }): VNode | null {
  const t = useWords();
  return exchange.state.value.kind === 'writing' ? (
    <Button kind="link" onPress={exchange.close}>
      {t('claim.cancel')}
    </Button>
  ) : null;
}
