/** Whether the server has stored the admin's last change. Shown only near the setting that was changed. */
import type { VNode } from 'preact';
import { TOO_MUCH } from '../../account/account.ts';
import { Button } from '../../ui/Button.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { whyFailed } from '../../words/why-failed.ts';
import { useWords } from '../../words/words.tsx';
import type { OwnModel } from './own.ts';

export function OwnStatus({
  own,
  ofChannels = false,
}: {
  own: OwnModel;
  /** True next to the default channels, false next to the other settings. */
  ofChannels?: boolean;
}): VNode | null {
  const t = useWords();
  const state = own.state.value;
  const isElsewhere = own.isOfChannels.value !== ofChannels;
  if (isElsewhere || state.kind === 'kept') return ofChannels ? null : <p class="quiet">{t('own.kept')}</p>;
  switch (state.kind) {
    case 'reading':
    case 'saving':
    case 'saved':
      return (
        <p class="quiet" role="status">
          {t(`own.${state.kind}`)}
        </p>
      );
    case 'contested':
      return <Notice tone="problem">{t('own.contested')}</Notice>;
    case 'failed': {
      const tooMuch = TOO_MUCH.find(reason => reason === state.failure.reason);
      return (
        <Notice tone="problem">
          {tooMuch ? t(`own.refused.${tooMuch}`) : `${t('own.failed')} ${whyFailed(t, state.failure)}`}
        </Notice>
      );
    }
    case 'unread':
    case 'unknown':
      return (
        <Notice
          tone="problem"
          action={
            <Button onPress={state.kind === 'unread' ? own.read : own.save}>{t('failure.retry')}</Button>
          }
        >
          {t(`own.${state.kind}`)} {whyFailed(t, state.failure)}
        </Notice>
      );
  }
}
