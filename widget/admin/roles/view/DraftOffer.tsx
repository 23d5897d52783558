/** Edits stored by an earlier visit. The admin decides about them before editing anything else. */
import type { VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { whenOf } from '../../../words/when.ts';
import { Button } from '../../../ui/Button.tsx';
import { Dialog } from '../../../ui/Dialog.tsx';
import { useWords } from '../../../words/words.tsx';
import type { RolesModel } from '../model/model.ts';

export function DraftOffer({ model, onClose }: { model: RolesModel; onClose: () => void }): VNode | null {
  const t = useWords();
  const [isUnderneathOpen, setUnderneathOpen] = useState(false);
  // The dialog opened last is on top. Effects of inner components run first, so this one waits until the outer dialog
  // is open.
  useEffect(() => setUnderneathOpen(true), []);
  const kept = model.offer.value;
  if (!kept || !model.writable || !isUnderneathOpen) return null;
  const lost = model.lostOfOffer.value;
  const isReading = model.staff.value.kind !== 'ready';
  return (
    <Dialog
      title={t('draft.title')}
      size="small"
      onClose={onClose}
      footer={
        <>
          <Button kind="primary" busy={isReading} onPress={model.resume}>
            {t('draft.resume')}
          </Button>
          <Button onPress={model.refuse}>{t('draft.discard')}</Button>
        </>
      }
    >
      <p>
        {t('draft.offer', { number: kept.changes.length, ...whenOf(kept.at, model.now(), model.locale) })}
      </p>
      {!isReading && lost > 0 && <p>{t('draft.lost', { count: lost })}</p>}
      <p class="quiet">{t('draft.hereOnly')}</p>
    </Dialog>
  );
}
