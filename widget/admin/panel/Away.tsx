/** Shown while the person is on the service's own pages, in a tab that the browser may have blocked. */
import type { VNode } from 'preact';
import { Button } from '../../ui/Button.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { useWords } from '../../words/words.tsx';

export function Away({
  address,
  says,
  onBack,
}: {
  address: string;
  says: string;
  onBack: () => void;
}): VNode {
  const t = useWords();
  return (
    <Notice
      tone="info"
      action={
        <>
          <a href={address} target="_blank" rel="noreferrer">
            {t('panel.connect.openHere')}
          </a>
          <Button onPress={onBack}>{t('roles.cancel')}</Button>
        </>
      }
    >
      {says}
    </Notice>
  );
}
