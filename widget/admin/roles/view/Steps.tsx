/** Undo and redo buttons. */
import type { VNode } from 'preact';
import { isOneOf } from '../../../../domain/one-of.ts';
import { Button } from '../../../ui/Button.tsx';
import { useWords } from '../../../words/words.tsx';
import type { RolesModel } from '../model/model.ts';

export function Steps({ model }: { model: RolesModel }): VNode | null {
  const t = useWords();
  const [canUndo, canRedo] = [model.canUndo.value, model.canRedo.value];
  const isEdited = model.draft.value.edits.size > 0;
  if (!canUndo && !canRedo && !isEdited) return null;
  return (
    <span class="steps actions">
      <Button kind="link" disabled={!canUndo} onPress={model.undo}>
        {t('draft.undo')}
      </Button>
      <Button kind="link" disabled={!canRedo} onPress={model.redo}>
        {t('draft.redo')}
      </Button>
      <Button kind="link" disabled={!isEdited} onPress={model.discard}>
        {t('draft.discard')}
      </Button>
    </span>
  );
}

/** Ctrl+Z and Ctrl+Shift+Z or Ctrl+Y, by the key's place on the keyboard. In a text field the keys act on the text. */
export function stepOnKey(event: KeyboardEvent, model: Pick<RolesModel, 'undo' | 'redo'>): void {
  if (!(event.ctrlKey || event.metaKey) || event.altKey || isText(event.composedPath()[0])) return;
  const isBack = event.code === 'KeyZ' && !event.shiftKey;
  const isForth = event.code === 'KeyY' || (event.code === 'KeyZ' && event.shiftKey);
  if (!isBack && !isForth) return;
  event.preventDefault();
  if (isBack) model.undo();
  else model.redo();
}

const isText = (target: EventTarget | undefined): boolean =>
  target instanceof HTMLTextAreaElement ||
  (target instanceof HTMLInputElement && !isOneOf(target.type, ['checkbox', 'radio', 'button']));
