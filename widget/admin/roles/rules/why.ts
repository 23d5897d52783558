/** Why a person sees or does not see one chat, as it would be after saving the draft. */
import type { Employee } from '../../../../domain/employee.ts';
import type { ChatView } from '../../../../domain/visibility.ts';
import { isEdited, choiceAt, type Draft } from './draft.ts';
import { viewOf, type AskedKind } from './reach.ts';

export type Why = {
  readonly view: ChatView;
  /** Whether the answer depends on unsaved changes. */
  readonly isUnsaved: boolean;
  /** The person cannot open the chats, whatever their role. */
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
