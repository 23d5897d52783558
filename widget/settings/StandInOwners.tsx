/** Which employees mean "nobody yet": the CRM gives new clients to somebody, and sellers may take them from him. */
import type { VNode } from 'preact';
import { useMemo, useRef } from 'preact/hooks';
import type { Employee } from '../domain/employee.ts';
import { Select } from '../ui/Select.tsx';
import { useWords } from '../words.tsx';
import { labelsOf } from './labels.ts';
import type { OwnModel } from './own.ts';

export function StandInOwners({ own, employees }: { own: OwnModel; employees: readonly Employee[] }): VNode {
  const t = useWords();
  const field = useRef<HTMLLabelElement>(null);
  const labels = useMemo(() => labelsOf(employees), [employees]);
  const chosen = own.settings.value.standInOwners;
  const choices = employees
    .filter(({ id, active }) => active && !chosen.includes(id))
    .map(({ id }) => ({ value: id, label: labels.get(id) ?? id }));
  const nameOf = (id: string): string => labels.get(id) ?? t('howTaken.standIn.gone', { id });
  return (
    <div class="field">
      <label class="field" ref={field}>
        <strong>{t('howTaken.standIn.title')}</strong>
        <span>{t('howTaken.standIn.label')}</span>
        <Select
          value=""
          choices={[
            {
              value: '',
              label: t(chosen.length === 0 ? 'howTaken.standIn.none' : 'howTaken.standIn.another'),
            },
            ...choices,
          ]}
          onChoose={id => {
            if (id !== '') own.change({ standInOwners: [...chosen, id] });
          }}
        />
      </label>
      {chosen.length > 0 && (
        <ul class="chips" aria-label={t('howTaken.standIn.title')}>
          {chosen.map(id => (
            <li key={id} class="chip">
              {nameOf(id)}
              <button
                type="button"
                class="chip-remove"
                aria-label={t('howTaken.standIn.remove', { name: nameOf(id) })}
                onClick={() => {
                  own.change({ standInOwners: chosen.filter(one => one !== id) });
                  // The button goes with its chip; without a new place the focus would be nowhere.
                  field.current?.querySelector('select')?.focus();
                }}
              >
                ×
              </button>
            </li>
          ))}
        </ul>
      )}
      <span class="quiet">{t('howTaken.standIn.hint')}</span>
    </div>
  );
}
