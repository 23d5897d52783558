/** Problems of the roles in effect. Each leads to the place where it can be fixed. */
import type { VNode } from 'preact';
import { useMemo } from 'preact/hooks';
import type { RoleList } from '../../chat/chat.ts';
import type { Assignment } from '../../../domain/assignment.ts';
import type { Channel } from '../../../domain/channel.ts';
import { warningsOn } from '../../../domain/warnings.ts';
import { WarningList } from '../roles/view/WarningList.tsx';
import { useWords } from '../../words/words.tsx';
import type { PanelModel } from './model.ts';

export function PanelWarnings({
  model,
  channels,
  list,
  assignments: existing,
}: {
  model: PanelModel;
  channels: readonly Channel[];
  list: RoleList;
  assignments: readonly Assignment[];
}): VNode | null {
  const t = useWords();
  const staff = model.staff.value;
  const warnings = useMemo(
    () =>
      staff.kind === 'ready'
        ? warningsOn(list.assignments, { channels, existing, employees: staff.employees })
        : [],
    [staff, list, channels, existing],
  );
  // An account without any role needs examples, not warnings.
  if (list.assignments.length === 0) return null;
  return (
    <WarningList
      warnings={warnings}
      isOpen
      stepOf={warning => (warning.kind === 'cannot-claim' ? null : t('warning.openRoles'))}
      onStep={warning => void model.select('channel' in warning ? warning.channel.id : undefined)}
    />
  );
}
