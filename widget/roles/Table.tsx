/** The list of people: as far as it is loaded, then the grid, or why there is none. */
import type { VNode } from 'preact';
import { Button } from '../ui/Button.tsx';
import { Notice } from '../ui/Notice.tsx';
import { whyFailed } from '../why-failed.ts';
import { useWords } from '../words.tsx';
import type { RolesModel } from './model.ts';
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
    case 'loading':
      return (
        <p class="quiet" role="status">
          {t('roles.loading', { count: staff.loaded })}
        </p>
      );
    case 'failed':
      return (
        <Notice tone="problem" action={<Button onPress={model.refresh.run}>{t('failure.retry')}</Button>}>
          {whyFailed(t, staff.failure)}
        </Notice>
      );
    case 'ready':
  }
  return (
    <>
      {model.found.value.length === 0 ? (
        <p role="status">{t('roles.nobodyFound')}</p>
      ) : (
        <RoleGrid model={model} locked={locked} />
      )}
      <KeptElsewhere model={model} />
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
