/** Gives the admin a role on one channel, so that they see the chat that they are about to try. */
import type { Chat, RoleList } from '../../chat/chat.ts';
import type { Employee } from '../../../domain/employee.ts';
import { draftOver, withRole } from '../roles/rules/draft.ts';
import { saveRoles, type SaveOutcome } from '../roles/model/save.ts';

/** The outcomes of a save that cannot be stopped and asks no questions. */
export type Granted = Exclude<SaveOutcome, { kind: 'contested' | 'unapproved' | 'stopped' }>;

/** A role that the admin got since the list was read stays as it is. */
export async function becomeSupervisor(
  chat: Chat,
  list: RoleList,
  channelId: string,
  me: Employee,
  onLooking: (isLooking: boolean) => void,
): Promise<Granted> {
  const draft = withRole(draftOver(list.assignments), { channelId, employeeId: me.id }, 'supervisor');
  const outcome = await saveRoles({
    chat,
    draft,
    employees: [me],
    contested: 'leave',
    onStep: ({ kind }) => onLooking(kind === 'looking'),
  });
  switch (outcome.kind) {
    case 'contested':
    case 'unapproved':
    case 'stopped':
      return { kind: 'stale' };
    case 'saved':
    case 'stale':
    case 'differs':
    case 'failed':
    case 'unknown':
      return outcome;
  }
}
