/**
 * The employees who stand for "no owner yet". The CRM needs an owner for new clients, and sellers may take clients from
 * these employees.
 */
import type { VNode } from 'preact';
import { useRef } from 'preact/hooks';
import type { Employee } from '../../../domain/employee.ts';
import { storedFields, storedOwners } from '../../../domain/own-settings.ts';
import { Select } from '../../ui/Select.tsx';
import { useNames } from '../../words/labels.tsx';
import { useWords } from '../../words/words.tsx';
import type { OwnModel } from './own.ts';

export function StandInOwners({ own, employees }: { own: OwnModel; employees: readonly Employee[] }): VNode {
  const t = useWords();
  const field = useRef<HTMLLabelElement>(null);
  const names = useNames();
  const chosen = own.settings.value.standInOwners;
  /** Includes stored values that this version does not understand. */
  const stored = storedOwners(storedFields(own.text.value));
  const choices = employees
    .filter(({ id, active }) => active && !chosen.includes(id))
    .map(one => ({ value: one.id, label: names.person(one) }));
  const nameOf = (id: string): string => {
    const one = employees.find(employee => employee.id === id);
    return one ? names.person(one) : t('howTaken.standIn.gone', { id });
  };
  return (
    <div class="field">
      <label class="field" ref={field}>
        <strong>{t('howTaken.standIn.title')}</strong>
        <span>{t('howTaken.standIn.label')}</span>
        <Select
          empty={t(chosen.length === 0 ? 'howTaken.standIn.none' : 'howTaken.standIn.another')}
          choices={choices}
          onChoose={id => own.set(['standInOwners'], [...stored, id])}
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
                  own.set(
                    ['standInOwners'],
                    stored.filter(one => String(one) !== id),
                  );
                  // The button disappears with its chip, so the focus needs a new place.
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
