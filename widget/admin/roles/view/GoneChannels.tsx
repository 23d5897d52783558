/** Roles on channels that no longer exist: whose they are, and what can be done. */
import type { VNode } from 'preact';
import type { GoneChannel } from '../../../../domain/assignment.ts';
import { Button } from '../../../ui/Button.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { Select } from '../../../ui/Select.tsx';
import { useNames } from '../../../words/labels.tsx';
import { useWords } from '../../../words/words.tsx';
import { withoutRolesOn, withRolesFrom } from '../rules/gone.ts';
import type { RolesModel } from '../model/model.ts';

export function GoneChannels({ model }: { model: RolesModel }): VNode {
  const t = useWords();
  const gone = model.warnings.value.filter(warning => warning.kind === 'channel-gone');
  return (
    <>
      {gone.map(one => (
        <Notice key={one.channelId} tone="info" action={model.writable && <Ways model={model} gone={one} />}>
          {t('gone.roles', { channel: one.channelId, count: one.employeeIds.length })}
        </Notice>
      ))}
    </>
  );
}

function Ways({ model, gone }: { model: RolesModel; gone: GoneChannel }): VNode {
  const t = useWords();
  const names = useNames();
  const copy = (to: string): void => {
    const working = model.rows.value.filter(({ employee }) => employee.active);
    const ids = new Set(working.map(row => row.employee.id));
    const employeeIds = gone.employeeIds.filter(id => ids.has(id));
    model.edit(draft => withRolesFrom(draft, { ...gone, employeeIds }, to));
  };
  return (
    <div class="actions">
      <label>
        {t('gone.copyTo')}{' '}
        <Select
          empty={t('roles.copyNothing')}
          choices={model.channels.map(channel => ({ value: channel.id, label: names.channel(channel) }))}
          onChoose={copy}
        />
      </label>
      <Button kind="link" onPress={() => model.edit(draft => withoutRolesOn(draft, gone))}>
        {t('gone.remove')}
      </Button>
    </div>
  );
}
