/** What has happened since roles were last set: new people, people who left, a channel without any role. */
import type { VNode } from 'preact';
import { Button } from '../../ui/Button.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { useWords } from '../../words.tsx';
import { withCopiedChannel } from '../rules/across.ts';
import { GroupRoles } from './GroupRoles.tsx';
import { Leavers } from './Leavers.tsx';
import type { RolesModel } from '../model/model.ts';

export function Hints({ model }: { model: RolesModel }): VNode | null {
  if (!model.writable) return null;
  return (
    <>
      <GroupRoles model={model} />
      <Leavers model={model} />
      <EmptyChannel model={model} />
    </>
  );
}

/** A channel that was added later starts from a choice, not from nothing. */
function EmptyChannel({ model }: { model: RolesModel }): VNode | null {
  const t = useWords();
  const channel = model.channels.find(one => one.id === model.scope.value);
  const places = [...model.draft.value.base.values(), ...model.draft.value.edits.values()];
  if (!channel || !model.hasRoles || places.some(place => place.channelId === channel.id)) return null;
  const sources = model.channels.filter(one => places.some(place => place.channelId === one.id));
  const employeeIds = model.rows.value.map(row => row.employee.id);
  return (
    <Notice
      tone="info"
      action={
        <div class="actions">
          {sources.map(source => (
            <Button
              key={source.id}
              disabled={!model.isComplete.value}
              onPress={() =>
                model.edit(draft =>
                  withCopiedChannel(draft, { from: source.id, to: channel.id, employeeIds }),
                )
              }
            >
              {t('hint.copyFrom', { channel: source.name })}
            </Button>
          ))}
        </div>
      }
    >
      {t('hint.emptyChannel', { channel: channel.name })}
    </Notice>
  );
}
