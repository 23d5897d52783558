/** What happened since roles were last saved: new people, people who left, a channel without any role. */
import type { VNode } from 'preact';
import type { Seat } from '../../../../domain/assignment.ts';
import { Notice } from '../../../ui/Notice.tsx';
import { useNames } from '../../../words/labels.tsx';
import { useWords } from '../../../words/words.tsx';
import { CopyChannel } from './CopyChannel.tsx';
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

/** Offers ways to start on a newly added channel. */
function EmptyChannel({ model }: { model: RolesModel }): VNode | null {
  const t = useWords();
  const names = useNames();
  const channel = model.channels.find(one => one.id === model.scope.value);
  const isOnIt = ({ channelId }: Seat): boolean => channelId === channel?.id;
  if (!channel || !model.hasRoles || model.existing.value.some(isOnIt)) return null;
  // Not shown either while its last role is being removed.
  if ([...model.draft.value.base.values()].some(isOnIt)) return null;
  return (
    <Notice tone="info" action={<CopyChannel model={model} />}>
      {t('hint.emptyChannel', { channel: names.channel(channel) })}
    </Notice>
  );
}
