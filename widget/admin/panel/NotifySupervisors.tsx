/**
 * "Notify supervisors of all messages". The chat service stores this switch, so it is saved as soon as it is turned.
 */
import type { VNode } from 'preact';
import type { RoleList } from '../../chat/chat.ts';
import { Looking } from '../roles/view/Looking.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { Switch } from '../../ui/Switch.tsx';
import { whyFailed } from '../../words/why-failed.ts';
import { CabinetLink } from '../../words/CabinetLink.tsx';
import { useWords } from '../../words/words.tsx';
import type { PanelModel } from './model.ts';
import type { Notifying } from './notify.ts';

export function NotifySupervisors({ model, list }: { model: PanelModel; list: RoleList }): VNode {
  const t = useWords();
  const notifying = model.notify.state.value;
  return (
    <>
      <div class="setting">
        <Switch
          label={t('additional.notify')}
          on={notifying.kind === 'saving' ? notifying.on : list.notifySupervisors}
          locked={!list.writable || notifying.kind === 'saving'}
          onTurn={model.notify.turn}
        />
        <div>
          <p aria-hidden="true">{t('additional.notify')}</p>
          <p class="quiet">{t('additional.notifyHint')}</p>
        </div>
      </div>
      <Outcome notifying={notifying} onLeave={model.notify.leave} />
      {!list.writable && notifying.kind === 'idle' && (
        <p class="quiet">
          {t('additional.readOnly')} <CabinetLink address={model.cabinetAddress} />
        </p>
      )}
    </>
  );
}

function Outcome({ notifying, onLeave }: { notifying: Notifying; onLeave: () => void }): VNode | null {
  const t = useWords();
  switch (notifying.kind) {
    case 'idle':
      return null;
    case 'saving':
      return notifying.isLooking ? (
        <Looking onLeave={onLeave} />
      ) : (
        <p class="quiet" role="status">
          {t('additional.saving')}
        </p>
      );
    case 'saved':
      return <Notice tone="success">{t('additional.saved')}</Notice>;
    case 'stale':
      return <Notice tone="problem">{t('additional.stale')}</Notice>;
    case 'failed':
    case 'unknown':
      return (
        <Notice tone="problem">
          {t(notifying.kind === 'failed' ? 'additional.failed' : 'additional.unknown')}{' '}
          {whyFailed(t, notifying.failure)}
        </Notice>
      );
  }
}
