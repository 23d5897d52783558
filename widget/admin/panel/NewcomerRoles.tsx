/** The role proposed for a new employee, by group. The admin who saves the roles still decides. */
import type { VNode } from 'preact';
import { useMemo } from 'preact/hooks';
import type { Employee } from '../../../domain/employee.ts';
import { groupsOf } from '../../../domain/group.ts';
import { newcomerRole, readOwnRules } from '../../../domain/own-rules.ts';
import { ROLES } from '../../../domain/role.ts';
import { Select } from '../../ui/Select.tsx';
import { useWords } from '../../words/words.tsx';
import type { OwnModel } from './own.ts';

export function NewcomerRoles({
  own,
  employees,
  locale,
}: {
  own: OwnModel;
  employees: readonly Employee[];
  locale: string;
}): VNode {
  const t = useWords();
  const groups = useMemo(() => groupsOf(employees, locale), [employees, locale]);
  const rules = readOwnRules(own.text.value);
  return (
    <div class="stack">
      <p class="quiet">{t('howTaken.newcomers.hint')}</p>
      {groups.map(group => (
        <label key={group.id} class="field">
          <span>{group.name || t('nameless.group', { id: group.id })}</span>
          <Select
            value={newcomerRole(rules, group.id) ?? ''}
            choices={[
              { value: '', label: t('role.none') },
              ...ROLES.map(role => ({ value: role, label: t(`role.${role}`) })),
            ]}
            onChoose={role => own.set(['newcomers', group.id], role || undefined)}
          />
        </label>
      ))}
    </div>
  );
}
