/** What can be done with the people who are ticked, on the channels that are shown. */
import type { VNode } from 'preact';
import { ROLES, type Role } from '../domain/role.ts';
import { Button } from '../ui/Button.tsx';
import { useWords } from '../words.tsx';
import { withSameAs } from './across.ts';
import type { RolesModel } from './model.ts';

export function BulkBar({ model }: { model: RolesModel }): VNode | null {
  const t = useWords();
  const employeeIds = [...model.selected.value];
  if (employeeIds.length === 0 || !model.writable) return null;
  const roles: readonly (Role | null)[] = [null, ...ROLES];
  return (
    <div class="bulk" role="group" aria-label={t('roles.bulk')}>
      <strong>{t('roles.selected', { count: employeeIds.length })}</strong>
      {roles.map(role => (
        <Button key={role ?? 'none'} onPress={() => model.setRole(employeeIds, role)}>
          {t(`role.${role ?? 'none'}`)}
        </Button>
      ))}
      <label>
        {t('roles.sameAs')}{' '}
        <select
          class="input"
          value=""
          onChange={event => {
            const colleagueId = event.currentTarget.value;
            if (colleagueId === '') return;
            model.edit(draft =>
              withSameAs(draft, colleagueId, { channelIds: model.channelIds.value, employeeIds }),
            );
          }}
        >
          <option value="">{t('roles.sameAsNobody')}</option>
          {model.rows.value
            .filter(({ employee, kind }) => kind === 'known' && !model.selected.value.has(employee.id))
            .map(({ employee }) => (
              <option key={employee.id} value={employee.id}>
                {employee.name}
              </option>
            ))}
        </select>
      </label>
      <Button
        kind="link"
        onPress={() => {
          model.selected.value = new Set();
        }}
      >
        {t('roles.deselect')}
      </Button>
    </div>
  );
}
