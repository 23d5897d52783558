/**
 * Shown before an admin disconnects: what is deleted now and later, what stays, and that everything can be restored
 * until then.
 */
import type { VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { Leaving as Told, LeftCount } from '../../account/account.ts';
import { Button } from '../../ui/Button.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { useWords, type Words } from '../../words/words.tsx';
import type { PanelModel } from './model.ts';

export function Leaving({ model, onCancel }: { model: PanelModel; onCancel: () => void }): VNode {
  const t = useWords();
  const [told, setTold] = useState<Told | null>(null);
  useEffect(() => {
    const gone = new AbortController();
    void model.leaving(gone.signal).then(setTold);
    return () => gone.abort();
  }, [model]);
  return (
    <Notice
      tone="info"
      action={
        <>
          {told && (
            <ul>
              <li>{t('leaving.now', { what: listOf(told.now, t) })}</li>
              <li>
                {t('leaving.later', {
                  day: new Date(told.laterAt).toLocaleDateString(model.locale),
                  what: listOf(told.later, t),
                })}
              </li>
              <li>{t('leaving.stays', { what: listOf(told.stays, t) })}</li>
            </ul>
          )}
          <div class="actions">
            <Button onPress={onCancel}>{t('roles.cancel')}</Button>
            <Button onPress={() => void model.disconnect()}>{t('panel.connect.disconnect')}</Button>
          </div>
        </>
      }
    >
      {t('panel.connect.disconnectSure')}
    </Notice>
  );
}

/** "permissions: 1, changes in the history: 38". There is only one key. */
const listOf = (counts: readonly LeftCount[], t: Words): string =>
  counts
    .filter(({ count }) => count !== 0)
    .map(({ what, count }) => {
      const name = t(`leaving.what.${what}`);
      return count === null || what === 'chat-key' ? name : t('panel.counts', { role: name, count });
    })
    .join(', ') || t('leaving.nothing');
