/** What can be done with the people who are ticked, on the channels that are shown. */
import type { VNode } from 'preact';
import { useMemo, useRef } from 'preact/hooks';
import { ROLES, type Role } from '../../domain/role.ts';
import { Button } from '../../ui/Button.tsx';
import { useWords } from '../../words.tsx';
import { withSameAs } from '../rules/across.ts';
import type { RolesModel } from '../model/model.ts';

export function BulkBar({ model }: { model: RolesModel }): VNode | null {
  const t = useWords();
  const { hidden, tickNobody } = model.finding;
  const bar = useRef<HTMLDivElement>(null);
  const colleagues = useColleagues(model);
  const employeeIds = [...model.selected.value];
  if (employeeIds.length === 0 || !model.writable) return null;
  const roles: readonly (Role | null)[] = [null, ...ROLES];
  return (
    <div ref={bar} class="bulk" role="group" aria-label={t('roles.bulk')}>
      <strong role="status">
        {t('roles.selected', { count: employeeIds.length })}
        {hidden.value > 0 && `, ${t('find.hidden', { count: hidden.value })}`}
      </strong>
      {roles.map(role => (
        <Button key={role ?? 'none'} onPress={() => model.setRole(employeeIds, role)}>
          {t(`role.${role ?? 'none'}`)}
        </Button>
      ))}
      {[true, false].map(on => (
        <Button key={String(on)} onPress={() => model.setReceivesNewClients(employeeIds, on)}>
          {t(`bulk.${on ? 'receive' : 'stop'}`)}
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
          {colleagues}
        </select>
      </label>
      <Button
        kind="link"
        onPress={() => {
          // The bar goes, and the focus goes on among the people.
          bar.current?.closest('dialog')?.querySelector<HTMLElement>('[role=grid] [tabindex="0"]')?.focus();
          tickNobody();
        }}
      >
        {t('roles.deselect')}
      </Button>
    </div>
  );
}

/** Whose roles others can get. In a large account only people who have roles: nobody picks an example among ten thousand names. */
function useColleagues({ rows, draft, selected }: RolesModel): readonly VNode[] {
  const { base } = draft.value;
  const isAsked = selected.value.size > 0;
  return useMemo(() => {
    if (!isAsked) return [];
    const withRole = new Set(Array.from(base.values(), one => one.employeeId));
    const isSmall = rows.value.length <= 100;
    return rows.value
      .filter(({ employee, kind }) => kind === 'known' && (isSmall || withRole.has(employee.id)))
      .map(({ employee }) => (
        <option key={employee.id} value={employee.id}>
          {employee.name}
        </option>
      ));
  }, [isAsked, base, rows.value]);
}
