/** Why somebody sees one chat or does not, as it would be once the draft is saved. */
import type { Employee } from '../../../../domain/employee.ts';
import type { ChatView } from '../../../../domain/visibility.ts';
import { isEdited, choiceAt, type Draft } from './draft.ts';
import { viewOf, type AskedKind } from './reach.ts';

export type Why = {
  readonly view: ChatView;
  /** The answer holds only once the draft is saved. */
  readonly isUnsaved: boolean;
  /** Whatever their role is, they do not get to the chats. */
  readonly shutOut: 'deactivated' | 'free' | null;
};

export function whyOf(
  draft: Draft,
  { employee, channelId, kind }: { employee: Employee; channelId: string; kind: AskedKind },
): Why {
  const seat = { channelId, employeeId: employee.id };
  return {
    view: viewOf(kind, employee.id, choiceAt(draft, seat)),
    isUnsaved: isEdited(draft, seat),
    shutOut: !employee.active ? 'deactivated' : employee.free ? 'free' : null,
  };
}
