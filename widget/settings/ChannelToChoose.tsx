/** Said after a save of roles: who came to have several channels. It goes as soon as their channel is chosen. */
import type { VNode } from 'preact';
import type { RoleList } from '../chat/chat.ts';
import type { Employee } from '../domain/employee.ts';
import { readOwnRules, withoutDefaultChannel } from '../domain/own-rules.ts';
import { Notice } from '../ui/Notice.tsx';
import { useWords } from '../words.tsx';
import type { OwnModel } from './own.ts';
import { sayWithoutChannel } from './without-channel.ts';

export function ChannelToChoose({
  own,
  employees,
  list: { assignments },
}: {
  own: OwnModel;
  employees: readonly Employee[];
  list: RoleList;
}): VNode | null {
  const t = useWords();
  const missing = withoutDefaultChannel(readOwnRules(own.text.value), employees, assignments);
  if (missing.length === 0) return null;
  return (
    <Notice tone="info">
      {sayWithoutChannel(t, missing, assignments)}. {t('defaultChannel.where')}
    </Notice>
  );
}
