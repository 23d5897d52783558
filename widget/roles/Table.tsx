/** Everybody, a row each. */
import type { VNode } from 'preact';
import { Button } from '../ui/Button.tsx';
import { Notice } from '../ui/Notice.tsx';
import { useWords } from '../words.tsx';
import type { RolesModel } from './model.ts';
import { RoleRow } from './RoleRow.tsx';

export function Table({ model, id, disabled }: { model: RolesModel; id: string; disabled: boolean }): VNode {
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
        <Notice
          tone="problem"
          action={<Button onPress={() => void model.refresh.run()}>{t('failure.retry')}</Button>}
        >
          {t(`failure.${staff.failure.service}.${staff.failure.code}`)}
        </Notice>
      );
    case 'ready':
  }
  const found = model.found.value;
  if (found.length === 0) return <p role="status">{t('roles.nobodyFound')}</p>;
  const channelIds = new Set(model.channelIds.value);
  const alerts = new Set(
    model.touchedByBoth.value.filter(seat => channelIds.has(seat.channelId)).map(seat => seat.employeeId),
  );
  const foundIds = found.map(row => row.employee.id);
  const areAllPicked = foundIds.every(one => model.selected.value.has(one));
  const elsewhere = rolesElsewhere(model);
  return (
    <div id={id} role="table" class="table" aria-label={t('roles.title')} aria-rowcount={found.length + 1}>
      <div role="row" class="row row-head quiet">
        <span role="columnheader" class="pick">
          <input
            type="checkbox"
            aria-label={t('roles.pickFound')}
            checked={areAllPicked}
            disabled={disabled}
            onChange={() => {
              model.selected.value = new Set(areAllPicked ? [] : foundIds);
            }}
          />
        </span>
        <span role="columnheader">{t('roles.employee')}</span>
        <span role="columnheader">{t('roles.role')}</span>
        <span role="columnheader">{t('roles.receivesNewClients')}</span>
      </div>
      {found.map(row => (
        <RoleRow
          key={row.employee.id}
          model={model}
          row={row}
          isTouchedByBoth={alerts.has(row.employee.id)}
          disabled={disabled}
        />
      ))}
      {elsewhere > 0 && <p class="quiet">{t('roles.keptElsewhere', { count: elsewhere })}</p>}
    </div>
  );
}

/** Roles on channels that are no longer connected: nothing here shows them, and every save keeps them. */
function rolesElsewhere({ channels, draft }: RolesModel): number {
  const shown = new Set(channels.map(channel => channel.id));
  return [...draft.value.base.values()].filter(one => !shown.has(one.channelId)).length;
}
