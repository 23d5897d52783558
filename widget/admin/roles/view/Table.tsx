/** The list of people, also while more are loading, or the reason why there is none. */
import type { VNode } from 'preact';
import { Button } from '../../../ui/Button.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { whyFailed } from '../../../words/why-failed.ts';
import { useWords } from '../../../words/words.tsx';
import type { RolesModel } from '../model/model.ts';
import { RoleGrid } from './RoleGrid.tsx';

export function Table({
  model,
  locked,
}: {
  model: RolesModel;
  /** Nothing can be changed, now or at all. People can still be viewed and navigated. */
  locked: boolean;
}): VNode {
  const t = useWords();
  const staff = model.staff.value;
  if (staff.kind === 'failed')
    return (
      <Notice tone="problem" action={<Button onPress={model.refresh.run}>{t('failure.retry')}</Button>}>
        {t('roles.notLoaded')} {whyFailed(t, staff.failure)}
      </Notice>
    );
  const { length: count } = staff.directory;
  const coming = staff.kind === 'loading' && <Coming count={count} of={staff.of} />;
  if (coming && count === 0) return <div class="skeleton skeleton-rows">{coming}</div>;
  // The grid stays the same when the last people arrive, so that a person working in it keeps their place.
  return (
    <>
      {coming}
      <RoleGrid model={model} locked={locked} />
    </>
  );
}

function Coming({ count, of }: { count: number; of: number | null }): VNode {
  const t = useWords();
  return (
    <p class="quiet" role="status">
      {of === null ? t('roles.loading', { count }) : t('roles.loadingOf', { count, of })}{' '}
      {count > 0 && t('roles.loadingUse')}
    </p>
  );
}
