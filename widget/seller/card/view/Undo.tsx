/** "Undo", a link at a distance from the card's button, and why it failed. */
import type { VNode } from 'preact';
import { Button } from '../../../ui/Button.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { whyFailed } from '../../../words/why-failed.ts';
import { useWords } from '../../../words/words.tsx';
import type { CardModel } from '../model/card.ts';
import { Again, defectOr } from './Trouble.tsx';

/** Keeps the place of a button that is gone, so that "Undo" does not move under the pointer. */
export function Place({ model, main }: { model: CardModel; main: string }): VNode | null {
  return main === '' && model.undoing.state.value.kind !== 'none' ? <div class="place" /> : null;
}

export function Undo({ model }: { model: CardModel }): VNode | null {
  const t = useWords();
  const { state, undo } = model.undoing;
  const now = state.value;
  const press = (): void => undo(model.given.letters.undone);
  switch (now.kind) {
    case 'none':
      return null;
    case 'over':
      return <div class="undo" />;
    case 'offered':
    case 'undoing': {
      const busy = now.kind === 'undoing';
      return (
        <div class="undo">
          <Button kind="link" busy={busy} onPress={press}>
            {t(busy ? 'claim.undoing' : 'claim.undo')}
          </Button>
        </div>
      );
    }
    case 'failed':
      return (
        <Notice tone="problem" action={<Again press={press} />}>
          {`${t('claim.undoFailed.failed')} ${whyFailed(t, now.failure)}`}
        </Notice>
      );
    case 'unknown':
      return (
        <Notice tone="problem" action={<Again isLook press={model.lookAgain} />}>
          {defectOr(t('claim.undoFailed.unknown'), now.failure, t)}
        </Notice>
      );
    case 'not-mine':
    case 'forbidden':
    case 'missing':
      return <Notice tone="problem">{t(`claim.undoFailed.${now.kind}`)}</Notice>;
  }
}
