/** How many clients people see, before and after: counted when asked, shown with its time and what it leaves out. */
import type { VNode } from 'preact';
import { Button } from '../../ui/Button.tsx';
import { whyFailed } from '../../why-failed.ts';
import { useWords } from '../../words.tsx';
import type { ClientCountModel } from '../model/client-count.ts';

export function ReviewClients({ clients }: { clients: ClientCountModel }): VNode {
  const t = useWords();
  const state = clients.state.value;
  const count = (): void => void clients.count();
  switch (state.kind) {
    case 'unasked':
      return (
        <p>
          <Button onPress={count}>{t('review.count')}</Button>
        </p>
      );
    case 'counting':
      return (
        <div class="actions" role="status">
          <progress value={state.read} max={Math.max(state.of, 1)} aria-hidden="true" />
          {state.of > 0
            ? t(`review.counting.${state.what}`, { read: state.read, of: state.of })
            : t('review.counting.start')}
          <Button kind="link" onPress={clients.cancel}>
            {t('review.cancel')}
          </Button>
        </div>
      );
    case 'failed':
      return (
        <p role="status">
          {t('review.notCounted')} {whyFailed(t, state.failure)}{' '}
          <Button kind="link" onPress={count}>
            {t('failure.retry')}
          </Button>
        </p>
      );
    case 'counted':
      return (
        <p class="quiet" role="status">
          {t('review.estimate', { at: state.at })} {!state.isComplete && t('review.atLeast')}{' '}
          <Button kind="link" onPress={count}>
            {t('review.countAgain')}
          </Button>
        </p>
      );
  }
}
