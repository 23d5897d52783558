/** Shown when a write got no answer: what happens next, and how to stop waiting. */
import type { VNode } from 'preact';
import { Button } from '../../../ui/Button.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { useWords } from '../../../words/words.tsx';

export function Looking({ onLeave }: { onLeave?: () => void }): VNode {
  const t = useWords();
  return (
    <Notice
      tone="info"
      action={
        onLeave && (
          <Button key="leave" kind="link" onPress={onLeave}>
            {t('saving.leave')}
          </Button>
        )
      }
    >
      {t('saving.looking')}
    </Notice>
  );
}
