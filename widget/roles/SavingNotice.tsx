/** How the last save ended, when it did not end well. */
import type { VNode } from 'preact';
import { PEOPLE_LIMIT, ROLES_READ_ONLY } from '../chat/chat.ts';
import { Button } from '../ui/Button.tsx';
import { Notice } from '../ui/Notice.tsx';
import { useWords } from '../words.tsx';
import type { RolesModel } from './model.ts';

export function SavingNotice({ model }: { model: RolesModel }): VNode | null {
  const t = useWords();
  const saving = model.saving.value;
  const takeTheirs = <Button onPress={() => void model.takeTheirs()}>{t('roles.takeTheirs')}</Button>;
  switch (saving.kind) {
    case 'idle':
    case 'asking':
    case 'saving':
      return null;
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
          {t('roles.notSaved')} {t(`failure.${saving.failure.service}.${saving.failure.code}`)}
        </Notice>
      );
    case 'unknown':
      return (
        <Notice tone="problem" action={takeTheirs}>
          {t('roles.unknown')}
        </Notice>
      );
    case 'failed': {
      const { service, code, reason } = saving.failure;
      return (
        <Notice tone="problem">
          {t('roles.notSaved')}{' '}
          {reason === PEOPLE_LIMIT
            ? t('refresh.peopleLimit')
            : reason === ROLES_READ_ONLY
              ? t('roles.readOnly')
              : t(`failure.${service}.${code}`)}
        </Notice>
      );
    }
  }
}
