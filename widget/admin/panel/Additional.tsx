/** «Дополнительно» ("Additional"): settings that matter only to some accounts, each shown when it applies. */
import type { VNode } from 'preact';
import { useMemo } from 'preact/hooks';
import type { RoleList } from '../../chat/chat.ts';
import { answeringChannels, onSeveralChannels } from '../../../domain/answering.ts';
import type { Assignment } from '../../../domain/assignment.ts';
import type { Channel } from '../../../domain/channel.ts';
import { isOneOf } from '../../../domain/one-of.ts';
import { useWords } from '../../words/words.tsx';
import { DefaultChannel } from './DefaultChannel.tsx';
import type { PanelModel } from './model.ts';
import { NotifySupervisors } from './NotifySupervisors.tsx';

export function Additional({
  model,
  channels,
  list,
  assignments,
}: {
  model: PanelModel;
  channels: readonly Channel[];
  list: RoleList;
  assignments: readonly Assignment[];
}): VNode | null {
  const t = useWords();
  const staff = model.staff.value;
  const answering = useMemo(() => answeringChannels(assignments), [assignments]);
  const choosesChannel =
    staff.kind === 'ready' &&
    !isOneOf(model.own.state.value.kind, ['reading', 'unread']) &&
    onSeveralChannels(staff.employees, answering).length > 0
      ? staff
      : null;
  const hasSupervisor = assignments.some(({ role }) => role === 'supervisor');
  // A save by another admin may have left no supervisor. The notice about it must stay visible.
  const notifies = hasSupervisor || model.notify.state.value.kind === 'stale';
  if (!notifies && !choosesChannel) return null;
  return (
    <details class="fold">
      <summary>
        <h3>{t('additional.title')}</h3>
      </summary>
      <div class="stack">
        {notifies && <NotifySupervisors model={model} list={list} />}
        {choosesChannel && (
          <DefaultChannel
            own={model.own}
            employees={choosesChannel.employees}
            channels={channels}
            assignments={assignments}
            locale={model.locale}
          />
        )}
      </div>
    </details>
  );
}
