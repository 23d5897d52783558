/** One employee on the open channel: his role, and whether he receives new clients. */
import type { VNode } from 'preact';
import { mayReceiveNewClients, ROLES, type Role } from '../domain/role.ts';
import type { Employee } from '../domain/employee.ts';
import { RadioRow } from '../ui/RadioRow.tsx';
import { Switch } from '../ui/Switch.tsx';
import { useWords } from '../words.tsx';
import type { Place } from './draft.ts';

export function RoleRow({
  employee,
  place,
  isEdited,
  isTouchedByBoth,
  disabled,
  onRole,
  onReceivesNewClients,
}: {
  employee: Employee;
  place: Place;
  isEdited: boolean;
  isTouchedByBoth: boolean;
  disabled: boolean;
  onRole: (role: Role | null) => void;
  onReceivesNewClients: (on: boolean) => void;
}): VNode {
  const t = useWords();
  const choices = [
    { value: 'none', label: t('role.none') },
    ...ROLES.map(role => ({ value: role, label: t(`role.${role}`) })),
  ];
  return (
    <div role="row" class={isEdited ? 'row row-edited' : 'row'}>
      <div role="cell" class="who">
        <span class="who-name">{employee.name}</span>
        <span class="quiet">{employee.group || employee.email}</span>
        {!employee.active && <span class="tag">{t('roles.deactivated')}</span>}
        {isEdited && <span class="tag tag-edited">{t('roles.changed')}</span>}
        {isTouchedByBoth && <span class="tag tag-alert">{t('roles.alsoChanged')}</span>}
      </div>
      <div role="cell">
        <RadioRow
          label={t('roles.roleOf', { name: employee.name })}
          group={`role-of-${employee.id}`}
          choices={choices}
          value={place.role ?? 'none'}
          disabled={disabled}
          onChoose={value => onRole(ROLES.find(role => role === value) ?? null)}
        />
      </div>
      <div role="cell" class="new-clients">
        {mayReceiveNewClients(place.role) && (
          <>
            <Switch
              label={t('roles.receivesNewClients')}
              on={place.receivesNewClients}
              disabled={disabled}
              onTurn={onReceivesNewClients}
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
