/**
 * Saves a draft over the list as it is now. The service replaces the whole list, so: read, merge, make sure that
 * everybody with a role is known there, write against the version that was read, read back and compare. Whoever
 * writes in between is merged in the next round; what both sides changed is never written before somebody has settled
 * it. An error writes nothing and leaves the draft as it was.
 */
import { breath } from '../../breath.ts';
import { sameAssignments, type Assignment, type Seat } from '../../domain/assignment.ts';
import type { Employee } from '../../domain/employee.ts';
import type { Chat, RoleList } from '../../chat/chat.ts';
import { asFailure, leavesOpen, type Failure } from '../../http/failure.ts';
import { changesOf } from '../rules/change.ts';
import { assignmentsOf, baseAt, draftOver, samePlace, type Change, type Draft } from '../rules/draft.ts';
import { changedBetween, conflictsIn, merged, settled } from '../rules/merge.ts';

/** What a save did, for whoever wants to tell of it or take it back. */
export type Saved = {
  readonly changes: readonly Change[];
  /** Seats that somebody else had changed since the draft was begun: saved along with mine. */
  readonly alongside: number;
  /** Seats that were left to somebody else, where the save was told to. */
  readonly left: readonly Seat[];
};

export type SaveOutcome =
  | { readonly kind: 'saved'; readonly list: RoleList; readonly saved: Saved }
  /** Somebody else changed the same seats. Nothing was written. */
  | { readonly kind: 'contested'; readonly list: RoleList }
  /** With what somebody else saved, the whole would be something that nobody has agreed to. Nothing was written. */
  | { readonly kind: 'unapproved'; readonly list: RoleList }
  /** Others save so fast that we never came to write. Nothing was written. */
  | { readonly kind: 'stale' }
  /** Written, but the service now shows something else in seats of mine. */
  | { readonly kind: 'differs'; readonly list: RoleList }
  /** On demand, between two steps. No role was written. */
  | { readonly kind: 'stopped'; readonly done: number; readonly of: number }
  /** Nothing was written. */
  | { readonly kind: 'failed'; readonly failure: Failure }
  /** No answer came, and none could be read back either. */
  | { readonly kind: 'unknown'; readonly failure: Failure };

export type SaveStep =
  | { readonly kind: 'reading' }
  /** How many people the service has been told of. */
  | { readonly kind: 'people'; readonly done: number; readonly of: number }
  | { readonly kind: 'writing' };

export type SaveGiven = {
  readonly chat: Chat;
  readonly draft: Draft;
  readonly employees: readonly Employee[];
  readonly onStep?: (step: SaveStep) => void;
  /** Stops between two steps, never within one. */
  readonly signal?: AbortSignal;
  /** Where both of us changed a seat: ask me, or leave it to them. */
  readonly contested?: 'ask' | 'leave';
  /** Whether the merged whole may be written. Asked each time that it was merged anew. */
  readonly approves?: (merged: Draft) => boolean;
};

const MOST_ROUNDS = 5;

export async function saveRoles(given: SaveGiven): Promise<SaveOutcome> {
  const introduced = new Set<string>();
  try {
    for (let round = 0; round < MOST_ROUNDS; round += 1) {
      const outcome = await once(given, introduced);
      if (outcome) return outcome;
    }
    return { kind: 'stale' };
  } catch (thrown) {
    return { kind: 'failed', failure: asFailure(thrown) };
  }
}

/** `null`: the list moved while we were at it, and nothing of mine was lost. */
async function once(given: SaveGiven, introduced: Set<string>): Promise<SaveOutcome | null> {
  const { chat, draft, onStep, signal, approves } = given;
  onStep?.({ kind: 'reading' });
  const list = await chat.roles();
  await breath();
  const all = merged(draft, list.assignments);
  const conflicts = conflictsIn(all).map(({ seat }) => seat);
  if (conflicts.length > 0 && given.contested !== 'leave') return { kind: 'contested', list };
  const over = settled(all, conflicts, 'theirs');
  const saved = {
    changes: changesOf(over),
    alongside: changedBetween(draft.base, over, draft),
    left: conflicts,
  };
  if (over.edits.size === 0) return { kind: 'saved', list, saved };
  if (approves?.(over) === false) return { kind: 'unapproved', list };

  const people = withRole(given.employees, assignmentsOf(over));
  const unknown = people.filter(({ id }) => !introduced.has(id));
  const known = people.length - unknown.length;
  let done = known;
  const stopped = (): SaveOutcome => ({ kind: 'stopped', done, of: people.length });
  const report = (sent: number): void => {
    done = known + sent;
    onStep?.({ kind: 'people', done, of: people.length });
  };
  if (unknown.length > 0) {
    report(0);
    try {
      await chat.introduce(unknown, { onProgress: report, ...(signal ? { signal } : {}) });
    } catch (thrown) {
      if (signal?.aborted) return stopped();
      throw thrown;
    }
    unknown.forEach(({ id }) => introduced.add(id));
  }
  if (signal?.aborted) return stopped();
  // Nothing but a second look protects a list without versions, and that took a while.
  if (list.version === '' && unknown.length > 0) return null;

  onStep?.({ kind: 'writing' });
  await breath();
  return write(chat, over, list, saved);
}

async function write(chat: Chat, over: Draft, basedOn: RoleList, saved: Saved): Promise<SaveOutcome | null> {
  try {
    const list = await chat.saveRoles({ ...basedOn, assignments: assignmentsOf(over) });
    await breath();
    return compared(over, basedOn, list, saved);
  } catch (thrown) {
    const failure = asFailure(thrown);
    if (failure.code === 'stale') return null;
    if (!leavesOpen(failure)) return { kind: 'failed', failure };
    return readBack(chat, over, basedOn, saved, failure);
  }
}

/** A lost answer is no "no": the list itself tells whether the write arrived. */
async function readBack(
  chat: Chat,
  over: Draft,
  basedOn: RoleList,
  saved: Saved,
  failure: Failure,
): Promise<SaveOutcome | null> {
  try {
    const list = await chat.roles();
    return sameAssignments(list.assignments, basedOn.assignments)
      ? { kind: 'failed', failure }
      : compared(over, basedOn, list, saved);
  } catch (thrown) {
    return { kind: 'unknown', failure: asFailure(thrown) };
  }
}

/**
 * Saved is what stands in all seats of mine. Otherwise somebody has to look, with one exception: a service without
 * versions lets another admin, who has not seen mine, write his list over it; those seats are put back.
 */
function compared(over: Draft, basedOn: RoleList, list: RoleList, saved: Saved): SaveOutcome | null {
  const there = draftOver(list.assignments);
  const lost = [...over.edits].filter(([key, place]) => !samePlace(place, baseAt(there, key)));
  if (lost.length === 0) return { kind: 'saved', list, saved };
  const isOverwritten =
    list.version === '' &&
    !sameAssignments(list.assignments, basedOn.assignments) &&
    lost.every(([key]) => samePlace(baseAt(over, key), baseAt(there, key)));
  return isOverwritten ? null : { kind: 'differs', list };
}

/** People without any role need not be known: the service limits how many it takes. */
export function withRole(
  employees: readonly Employee[],
  assignments: readonly Assignment[],
): readonly Employee[] {
  const ids = new Set(assignments.map(assignment => assignment.employeeId));
  return employees.filter(employee => ids.has(employee.id));
}
