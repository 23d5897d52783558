/** Everybody gets on the channel that is shown what they have on another one. */
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
  // It is about everybody, and so waits for the last.
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
