/** One person on the channels that are shown: his role, and whether he receives new clients. */
import type { VNode } from 'preact';
import type { Channel } from '../domain/channel.ts';
import { mayReceiveNewClients, ROLES } from '../domain/role.ts';
import { RadioRow } from '../ui/RadioRow.tsx';
import { Switch } from '../ui/Switch.tsx';
import { useWords } from '../words.tsx';
import { placeAcross } from './across.ts';
import { isEdited, placeAt, type Draft } from './draft.ts';
import type { RolesModel } from './model.ts';
import type { Row } from './rows.ts';

export function RoleRow({
  model,
  row,
  isTouchedByBoth,
  disabled,
}: {
  model: RolesModel;
  row: Row;
  isTouchedByBoth: boolean;
  disabled: boolean;
}): VNode {
  const t = useWords();
  const { employee, kind } = row;
  const draft = model.draft.value;
  const channelIds = model.channelIds.value;
  const { role, receivesNewClients } = placeAcross(draft, channelIds, employee.id);
  const edited = channelIds.some(channelId => isEdited(draft, { channelId, employeeId: employee.id }));
  const name = kind === 'stranger' ? t('roles.stranger', { id: employee.id }) : employee.name;
  const choices = [
    { value: 'none', label: t('role.none') },
    ...ROLES.map(one => ({ value: one, label: t(`role.${one}`) })),
  ];
  return (
    <div role="row" aria-label={name} class={edited ? 'row row-edited' : 'row'}>
      <div role="cell" class="pick">
        <input
          type="checkbox"
          aria-label={t('roles.pick', { name })}
          checked={model.selected.value.has(employee.id)}
          disabled={disabled}
          onChange={event => pick(model, employee.id, event.currentTarget.checked)}
        />
      </div>
      <div role="cell" class="who">
        <span class="who-name">{name}</span>
        <span class="quiet">{employee.group || employee.email}</span>
        {kind === 'newcomer' && <span class="tag tag-edited">{t('roles.newcomer')}</span>}
        {kind === 'stranger' && <span class="tag">{t('roles.notInCrm')}</span>}
        {kind !== 'stranger' && !employee.active && <span class="tag">{t('roles.deactivated')}</span>}
        {edited && <span class="tag tag-edited">{t('roles.changed')}</span>}
        {isTouchedByBoth && <span class="tag tag-alert">{t('roles.alsoChanged')}</span>}
        {(role === 'differs' || receivesNewClients === 'differs') && (
          <span class="differs quiet">{differences(model.channels, draft, employee.id, t)}</span>
        )}
      </div>
      <div role="cell">
        <RadioRow
          label={t('roles.roleOf', { name })}
          group={`role-of-${employee.id}`}
          choices={choices}
          value={role === 'differs' ? undefined : (role ?? 'none')}
          disabled={disabled}
          onChoose={value => model.setRole([employee.id], ROLES.find(one => one === value) ?? null)}
        />
      </div>
      <div role="cell" class="new-clients">
        {role !== 'differs' && mayReceiveNewClients(role) && (
          <>
            <Switch
              label={t('roles.receivesNewClients')}
              on={receivesNewClients === true}
              disabled={disabled}
              onTurn={on => model.setReceivesNewClients([employee.id], on)}
            />
            <span class="new-clients-label quiet" aria-hidden="true">
              {t('roles.receivesNewClients')}
            </span>
          </>
        )}
      </div>
    </div>
  );
}

function pick(model: RolesModel, employeeId: string, isPicked: boolean): void {
  const selected = new Set(model.selected.value);
  if (isPicked) selected.add(employeeId);
  else selected.delete(employeeId);
  model.selected.value = selected;
}

/** "Sales: Sales rep, receives new clients · Wholesale: No role" */
function differences(
  channels: readonly Channel[],
  draft: Draft,
  employeeId: string,
  t: ReturnType<typeof useWords>,
): string {
  const each = channels.map(({ id, name }) => {
    const { role, receivesNewClients } = placeAt(draft, { channelId: id, employeeId });
    const switched = receivesNewClients ? `, ${t('roles.receivesNewClients').toLowerCase()}` : '';
    return `${name}: ${t(`role.${role ?? 'none'}`)}${switched}`;
  });
  return `${t('roles.notTheSame')} ${each.join(' · ')}`;
}
