/** Edits of roles that wait on this computer, as the panel tells of them before the dialog is opened. */
import type { VNode } from 'preact';
import { whenOf } from '../../../words/when.ts';
import { Button } from '../../../ui/Button.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { useWords } from '../../../words/words.tsx';
import type { Kept } from '../model/kept-changes.ts';

export function DraftWaits({
  kept,
  now,
  locale,
  onResume,
  onDiscard,
}: {
  kept: Kept;
  now: number;
  locale: string;
  onResume: () => void;
  onDiscard: () => void;
}): VNode {
  const t = useWords();
  return (
    <Notice
      tone="info"
      action={
        <div class="actions">
          <Button onPress={onResume}>{t('draft.resume')}</Button>
          <Button kind="link" onPress={onDiscard}>
            {t('draft.discard')}
          </Button>
        </div>
      }
    >
      {t('draft.offer', { number: kept.changes.length, ...whenOf(kept.at, now, locale) })}{' '}
      {t('draft.hereOnly')}
    </Notice>
  );
}
