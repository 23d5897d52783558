/** Which employee means "nobody yet": the CRM gives new clients to somebody, and sellers may take them from him. */
import type { VNode } from 'preact';
import { useWords } from '../words.tsx';
import type { PanelModel } from './model.ts';

export function StandInOwner({ model }: { model: PanelModel }): VNode | null {
  const t = useWords();
  const staff = model.staff.value;
  if (staff.kind !== 'ready') return null;
  const [chosen = ''] = model.own.settings.value.standInOwners;
  return (
    <label class="field">
      <strong>{t('panel.standIn.title')}</strong>
      <span>{t('panel.standIn.label')}</span>
      <select
        class="input"
        value={chosen}
        onChange={event =>
          model.own.change({ standInOwners: [event.currentTarget.value].filter(id => id !== '') })
        }
      >
        <option value="">{t('panel.standIn.none')}</option>
        {staff.employees.map(employee => (
          <option key={employee.id} value={employee.id}>
            {employee.name}
          </option>
        ))}
      </select>
      <span class="quiet">{t('panel.standIn.hint')}</span>
    </label>
  );
}
