/** The list of people, also while more of them come, or why there is none. */
import type { VNode } from 'preact';
import { Button } from '../../ui/Button.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { whyFailed } from '../../why-failed.ts';
import { useWords } from '../../words.tsx';
import type { RolesModel } from '../model/model.ts';
import { RoleGrid } from './RoleGrid.tsx';

export function Table({
  model,
  locked,
}: {
  model: RolesModel;
  /** Nothing can be changed now, or ever: people can still be looked at and walked through. */
  locked: boolean;
}): VNode {
  const t = useWords();
  const staff = model.staff.value;
  switch (staff.kind) {
    case 'loading': {
      const coming = <Coming count={staff.directory.length} of={staff.of} />;
      return staff.directory.length === 0 ? (
        <div class="skeleton skeleton-rows">{coming}</div>
      ) : (
        <People model={model} locked={locked} coming={coming} />
      );
    }
    case 'failed':
      return (
        <Notice tone="problem" action={<Button onPress={model.refresh.run}>{t('failure.retry')}</Button>}>
          {t('roles.notLoaded')} {whyFailed(t, staff.failure)}
        </Notice>
      );
    case 'ready':
      return <People model={model} locked={locked} coming={null} />;
  }
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

/** The list stays what it is when the last have come: nobody who works in it loses his place. */
function People({
  model,
  locked,
  coming,
}: {
  model: RolesModel;
  locked: boolean;
  coming: VNode | null;
}): VNode {
  const t = useWords();
  return (
    <>
      {coming}
      {model.found.value.length === 0 ? (
        <p role="status">{t('roles.nobodyFound')}</p>
      ) : (
        <RoleGrid model={model} locked={locked} />
      )}
      {coming === null && <KeptElsewhere model={model} />}
    </>
  );
}

/** Roles on channels that are no longer connected: nothing here shows them, and every save keeps them. */
function KeptElsewhere({ model }: { model: RolesModel }): VNode | null {
  const t = useWords();
  const shown = new Set(model.channels.map(channel => channel.id));
  const count = [...model.draft.value.base.values()].filter(one => !shown.has(one.channelId)).length;
  return count > 0 ? <p class="quiet">{t('roles.keptElsewhere', { count })}</p> : null;
}
