/** Gives the admin himself a role on one channel, so that he sees the chat that he is about to try. */
import type { Chat, RoleList } from '../chat/chat.ts';
import type { Employee } from '../domain/employee.ts';
import { draftOver, withRole } from '../roles/rules/draft.ts';
import { saveRoles, type SaveOutcome } from '../roles/model/save.ts';

/** The endings of a save that nobody can stop and that asks nothing. */
export type Granted = Exclude<SaveOutcome, { kind: 'contested' | 'unapproved' | 'stopped' }>;

/** A role that somebody gave me since the list was read stays as it is. */
export async function becomeSupervisor(
  chat: Chat,
  list: RoleList,
  channelId: string,
  me: Employee,
): Promise<Granted> {
  const draft = withRole(draftOver(list.assignments), { channelId, employeeId: me.id }, 'supervisor');
  const outcome = await saveRoles({ chat, draft, employees: [me], contested: 'leave' });
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
