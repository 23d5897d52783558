/** «Дополнительно»: what matters only to some accounts, each shown when it applies. */
import type { VNode } from 'preact';
import { useMemo } from 'preact/hooks';
import type { RoleList } from '../chat/chat.ts';
import { answeringChannels, onSeveralChannels } from '../domain/answering.ts';
import type { Channel } from '../domain/channel.ts';
import { useWords } from '../words.tsx';
import { DefaultChannel } from './DefaultChannel.tsx';
import type { PanelModel } from './model.ts';
import { NotifySupervisors } from './NotifySupervisors.tsx';

export function Additional({
  model,
  channels,
  list,
}: {
  model: PanelModel;
  channels: readonly Channel[];
  list: RoleList;
}): VNode | null {
  const t = useWords();
  const staff = model.staff.value;
  const answering = useMemo(() => answeringChannels(list.assignments), [list.assignments]);
  const choosesChannel =
    staff.kind === 'ready' && onSeveralChannels(staff.employees, answering).length > 0 ? staff : null;
  const hasSupervisor = list.assignments.some(({ role }) => role === 'supervisor');
  // Whoever saved meanwhile may have left no supervisor; the sentence about it is still to be read.
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
            assignments={list.assignments}
            locale={model.locale}
          />
        )}
      </div>
    </details>
  );
}
