/** Gives the admin himself a role on one channel, so that he sees the chat that he is about to try. */
import type { Chat, RoleList } from '../chat/chat.ts';
import type { Seat } from '../domain/assignment.ts';
import type { Employee } from '../domain/employee.ts';
import { asFailure } from '../http/failure.ts';
import { draftOver, placeAt, withRole } from '../roles/draft.ts';
import { saveRoles, type SaveOutcome } from '../roles/save.ts';

/**
 * When somebody saved meanwhile, nothing was written: the latest list is taken, and a role that he gave me there
 * stays as it is.
 */
export async function becomeSupervisor(
  chat: Chat,
  list: RoleList,
  channelId: string,
  me: Employee,
): Promise<SaveOutcome> {
  const seat: Seat = { channelId, employeeId: me.id };
  const saveOver = (base: RoleList): Promise<SaveOutcome> =>
    saveRoles(chat, withRole(draftOver(base.assignments), seat, 'supervisor'), base, [me]);
  const outcome = await saveOver(list);
  if (outcome.kind !== 'stale') return outcome;
  try {
    const latest = await chat.roles();
    const mine = placeAt(draftOver(latest.assignments), seat);
    return mine.role === null ? await saveOver(latest) : { kind: 'saved', list: latest };
  } catch (thrown) {
    return { kind: 'failed', failure: asFailure(thrown) };
  }
}
