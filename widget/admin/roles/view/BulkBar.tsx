/** Actions for the ticked people on the shown channels. */
import type { VNode } from 'preact';
import { useRef } from 'preact/hooks';
import { Button } from '../../../ui/Button.tsx';
import { Select, type Choice } from '../../../ui/Select.tsx';
import { useNames } from '../../../words/labels.tsx';
import type { Names } from '../../../words/names.ts';
import { useWords } from '../../../words/words.tsx';
import { withSameAs } from '../rules/across.ts';
import { OFFERED } from '../rules/draft.ts';
import type { RolesModel } from '../model/model.ts';

export function BulkBar({ model }: { model: RolesModel }): VNode | null {
  const t = useWords();
  const { hidden, tickNobody } = model.finding;
  const bar = useRef<HTMLDivElement>(null);
  const names = useNames();
  const employeeIds = [...model.selected.value];
  if (employeeIds.length === 0 || !model.writable) return null;
  return (
    <div ref={bar} class="bulk actions" role="group" aria-label={t('roles.bulk')}>
      <strong role="status">
        {t('roles.selected', { count: employeeIds.length })}
        {hidden.value > 0 && `, ${t('find.hidden', { count: hidden.value })}`}
      </strong>
      {OFFERED.map(role => (
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
        <Select
          empty={t('roles.sameAsNobody')}
          choices={() => colleagues(model, names)}
          onChoose={colleagueId =>
            model.edit(draft =>
              withSameAs(draft, colleagueId, { channelIds: model.channelIds.value, employeeIds }),
            )
          }
        />
      </label>
      <Button
        kind="link"
        onPress={() => {
          // The bar disappears, so the focus moves to the list of people.
          bar.current?.closest('dialog')?.querySelector<HTMLElement>('[role=grid] [tabindex="0"]')?.focus();
          tickNobody();
        }}
      >
        {t('roles.deselect')}
      </Button>
    </div>
  );
}

/**
 * The people whose roles can be copied. In a large account only people with roles, because no one picks an example
 * among ten thousand names.
 */
function colleagues({ rows, peopleWithRole }: RolesModel, names: Names): readonly Choice<string>[] {
  const isSmall = rows.value.length <= 100;
  return rows.value
    .filter(({ employee, kind }) => kind === 'known' && (isSmall || peopleWithRole.value.has(employee.id)))
    .map(({ employee }) => ({ value: employee.id, label: names.person(employee) }));
}
