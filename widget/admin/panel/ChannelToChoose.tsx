/** Shown after a save of roles: people who now have several channels. It disappears once their channel is chosen. */
import type { VNode } from 'preact';
import type { Assignment } from '../../../domain/assignment.ts';
import type { Employee } from '../../../domain/employee.ts';
import { readOwnRules, withoutDefaultChannel } from '../../../domain/own-rules.ts';
import { useNames } from '../../words/labels.tsx';
import { useWords } from '../../words/words.tsx';
import type { OwnModel } from './own.ts';
import { sayWithoutChannel } from './without-channel.ts';

export function ChannelToChoose({
  own,
  employees,
  assignments,
}: {
  own: OwnModel;
  employees: readonly Employee[];
  assignments: readonly Assignment[];
}): VNode | null {
  const t = useWords();
  const names = useNames();
  const missing = withoutDefaultChannel(readOwnRules(own.text.value), employees, assignments);
  if (missing.length === 0) return null;
  return (
    <p>
      {sayWithoutChannel(t, missing, assignments, names)}. {t('defaultChannel.where')}
    </p>
  );
}
