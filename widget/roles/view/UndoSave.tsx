/** Under the news of a save: the way to take it back, and what came of that. */
import type { VNode } from 'preact';
import type { RoleList } from '../../chat/chat.ts';
import { Button } from '../../ui/Button.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { whyFailed } from '../../why-failed.ts';
import { useWords } from '../../words.tsx';
import { namesOf } from '../rules/names.ts';
import type { UndoSaveModel } from '../model/undo-save.ts';

export function UndoSave({ undo, list }: { undo: UndoSaveModel; list: RoleList }): VNode | null {
  const t = useWords();
  const state = undo.state.value;
  const button = (
    <Button kind="link" busy={state.kind === 'undoing'} onPress={undo.run}>
      {t(state.kind === 'undoing' ? 'undoSave.undoing' : 'undoSave.undo')}
    </Button>
  );
  switch (state.kind) {
    case 'idle':
    case 'undoing':
      return undo.appliesTo(list) ? button : null;
    case 'undone': {
      const names = [...new Set(state.left.map(seat => seat.employeeId))].map(id => ({
        name: undo.nameOf(id),
      }));
      return (
        <Notice tone="info">
          {t('undoSave.undone')}
          {names.length > 0 && ` ${t('undoSave.left', { names: namesOf(names, t) })}`}
        </Notice>
      );
    }
    case 'failed':
      return (
        <Notice tone="problem" action={button}>
          {t('undoSave.failed')} {state.failure ? whyFailed(t, state.failure) : t('undoSave.tooBusy')}
        </Notice>
      );
    case 'unknown':
      return (
        <Notice tone="problem" action={button}>
          {t('undoSave.unknown')}
        </Notice>
      );
  }
}
