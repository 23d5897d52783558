/** An admin who tries the chats should see them: offers a role on the channel to an admin without one. */
import type { VNode } from 'preact';
import { Button } from '../../ui/Button.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { whyFailed } from '../../words/why-failed.ts';
import { CabinetLink } from '../../words/CabinetLink.tsx';
import { useNames } from '../../words/labels.tsx';
import { useWords } from '../../words/words.tsx';
import type { TrialModel } from './model.ts';

export function OwnRole({
  model,
  cabinetAddress,
}: {
  model: TrialModel;
  cabinetAddress: string;
}): VNode | null {
  const t = useWords();
  const names = useNames();
  const own = model.ownRole.value;
  if (!model.knowsRoles) return null;
  switch (own.kind) {
    case 'held':
      return null;
    case 'elsewhere':
      return (
        <Notice tone="info" action={<CabinetLink address={cabinetAddress} />}>
          {t('trial.role.elsewhere')}
        </Notice>
      );
    case 'none':
    case 'saving':
    case 'failed':
    case 'stale':
    case 'differs':
    case 'unknown':
  }
  const isSaving = own.kind === 'saving';
  return (
    <Notice
      tone={own.kind === 'none' || isSaving ? 'info' : 'problem'}
      action={
        <Button busy={isSaving} onPress={model.becomeSupervisor}>
          {t(isSaving ? 'trial.role.saving' : 'trial.role.become')}
        </Button>
      }
    >
      {own.kind === 'saving' && own.isLooking
        ? t('saving.looking')
        : own.kind === 'none' || isSaving
          ? t('trial.role.none', { channel: names.channel(model.channel.value) })
          : t(`trial.role.${own.kind}`)}{' '}
      {(own.kind === 'failed' || (own.kind === 'unknown' && own.failure.code === 'defect')) &&
        whyFailed(t, own.failure)}
    </Notice>
  );
}
