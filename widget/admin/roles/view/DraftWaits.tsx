/** Unsaved edits of roles on this computer, as shown in the panel before the dialog opens. */
import type { VNode } from 'preact';
import { whenOf } from '../../../words/when.ts';
import { Button } from '../../../ui/Button.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { useWords } from '../../../words/words.tsx';
import type { StoredDraft } from '../model/draft-store.ts';

export function DraftWaits({
  draft,
  now,
  locale,
  onResume,
  onDiscard,
}: {
  draft: StoredDraft;
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
      {t('draft.offer', { number: draft.changes.length, ...whenOf(draft.at, now, locale) })}{' '}
      {t('draft.hereOnly')}
    </Notice>
  );
}
