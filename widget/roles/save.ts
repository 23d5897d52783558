/**
 * Saving roles. The chat service replaces its whole list at once, so a save is: make sure that everybody who gets a
 * role is known there, write the list against the version it was based on, read it back and compare.
 */
import { sameAssignments, type Assignment } from '../domain/assignment.ts';
import type { Employee } from '../domain/employee.ts';
import type { Chat, RoleList } from '../chat/chat.ts';
import { asFailure, leavesOpen, type Failure } from '../http/failure.ts';
import { assignmentsOf, type Draft } from './draft.ts';

export type SaveOutcome =
  | { readonly kind: 'saved'; readonly list: RoleList }
  /** Somebody saved since we read; nothing of ours was written. */
  | { readonly kind: 'stale' }
  /** Written, but the service now shows something else than we sent. */
  | { readonly kind: 'differs'; readonly list: RoleList }
  /** Nothing was written. */
  | { readonly kind: 'failed'; readonly failure: Failure }
  /** No answer came, and none could be read back either. */
  | { readonly kind: 'unknown'; readonly failure: Failure };

export async function saveRoles(
  chat: Chat,
  draft: Draft,
  basedOn: RoleList,
  employees: readonly Employee[],
): Promise<SaveOutcome> {
  const assignments = assignmentsOf(draft);
  try {
    await chat.introduce(withRole(employees, assignments));
  } catch (thrown) {
    return { kind: 'failed', failure: asFailure(thrown) };
  }
  try {
    return compared(assignments, await chat.saveRoles({ ...basedOn, assignments }));
  } catch (thrown) {
    const failure = asFailure(thrown);
    if (failure.code === 'stale') return { kind: 'stale' };
    return leavesOpen(failure) ? readBack(chat, assignments, basedOn, failure) : { kind: 'failed', failure };
  }
}

/** People without any role need not be known: the service limits how many it takes. */
export function withRole(
  employees: readonly Employee[],
  assignments: readonly Assignment[],
): readonly Employee[] {
  const ids = new Set(assignments.map(assignment => assignment.employeeId));
  return employees.filter(employee => ids.has(employee.id));
}

const compared = (wanted: readonly Assignment[], list: RoleList): SaveOutcome =>
  sameAssignments(wanted, list.assignments) ? { kind: 'saved', list } : { kind: 'differs', list };

/** A lost answer is no "no": the list itself tells whether the write arrived. */
async function readBack(
  chat: Chat,
  wanted: readonly Assignment[],
  basedOn: RoleList,
  failure: Failure,
): Promise<SaveOutcome> {
  try {
    const list = await chat.roles();
    return list.version === basedOn.version ? { kind: 'failed', failure } : compared(wanted, list);
  } catch (thrown) {
    return { kind: 'unknown', failure: asFailure(thrown) };
  }
}
