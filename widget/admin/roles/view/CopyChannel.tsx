/** Copies everyone's roles from another channel to the shown one. */
import type { VNode } from 'preact';
import { Select } from '../../../ui/Select.tsx';
import { useNames } from '../../../words/labels.tsx';
import { useWords } from '../../../words/words.tsx';
import { withCopiedChannel } from '../rules/across.ts';
import type { RolesModel } from '../model/model.ts';

export function CopyChannel({ model }: { model: RolesModel }): VNode | null {
  const t = useWords();
  const names = useNames();
  const to = model.scope.value;
  // It affects everyone, so it waits until all people have arrived.
  if (!model.isComplete.value) return null;
  return (
    <label>
      {t('roles.copyFrom')}{' '}
      <Select
        empty={t('roles.copyNothing')}
        choices={model.channels
          .filter(channel => channel.id !== to)
          .map(channel => ({ value: channel.id, label: names.channel(channel) }))}
        onChoose={from => {
          const employeeIds = model.rows.value.map(row => row.employee.id);
          model.edit(draft => withCopiedChannel(draft, { from, to, employeeIds }));
        }}
      />
    </label>
  );
}
