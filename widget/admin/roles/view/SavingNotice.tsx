/** The progress of a large save, and the result of the last save if it failed. */
import type { VNode } from 'preact';
import { PEOPLE_LIMIT, ROLES_READ_ONLY } from '../../../chat/chat.ts';
import { Button } from '../../../ui/Button.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { whyFailed } from '../../../words/why-failed.ts';
import { useWords } from '../../../words/words.tsx';
import type { RolesModel } from '../model/model.ts';
import { Looking } from './Looking.tsx';

/** Fewer people fit in one request, so there is no progress to show and nothing to stop. */
const MANY = 100;

export function SavingNotice({ model }: { model: RolesModel }): VNode | null {
  const t = useWords();
  const saving = model.saving.value;
  const takeTheirs = (
    <Button key="latest" onPress={model.takeTheirs}>
      {t('roles.takeTheirs')}
    </Button>
  );
  switch (saving.kind) {
    case 'idle':
      return null;
    case 'saving': {
      const { step, stopping } = saving;
      if (step.kind === 'looking') return <Looking onLeave={model.stop} />;
      if (step.kind !== 'people' || step.of <= MANY) return null;
      return (
        <Notice
          tone="info"
          action={
            <Button key="stop" kind="link" busy={stopping} onPress={model.stop}>
              {t(stopping ? 'saving.stopping' : 'saving.stop')}
            </Button>
          }
        >
          {t('saving.people', { done: step.done, of: step.of })}
        </Notice>
      );
    }
    case 'stopped':
      return <Notice tone="info">{t('saving.stopped', { done: saving.done, count: saving.of })}</Notice>;
    case 'stale':
      return (
        <Notice tone="problem" action={takeTheirs}>
          {t('roles.stale')}
        </Notice>
      );
    case 'differs':
      return <Notice tone="problem">{t('roles.differs')}</Notice>;
    case 'not-refreshed':
      return (
        <Notice tone="problem" action={takeTheirs}>
          {t('roles.notSaved')} {whyFailed(t, saving.failure)}
        </Notice>
      );
    case 'unknown':
      return (
        <Notice tone="problem" action={takeTheirs}>
          {saving.failure.code === 'defect' ? whyFailed(t, saving.failure) : t('roles.unknown')}
        </Notice>
      );
    case 'failed': {
      const { reason } = saving.failure;
      return (
        <Notice tone="problem">
          {t('roles.notSaved')}{' '}
          {reason === PEOPLE_LIMIT
            ? t('refresh.peopleLimit')
            : reason === ROLES_READ_ONLY
              ? t('roles.readOnly')
              : whyFailed(t, saving.failure)}
        </Notice>
      );
    }
  }
}
