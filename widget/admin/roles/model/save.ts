/**
 * Saves a draft over the list as it is now. The service replaces the whole list, so: read, merge, make sure that
 * everybody with a role is known there, write against the version that was read, and compare with the answer, which is
 * the list read back. Whoever writes in between is merged in the next round; what both sides changed is never written
 * before somebody has settled it. An error writes nothing and leaves the draft as it was.
 */
import { breath } from '../../../work/breath.ts';
import { onChannels, type Assignment } from '../../../../domain/assignment.ts';
import type { Channel } from '../../../../domain/channel.ts';
import type { Employee } from '../../../../domain/employee.ts';
import type { Chat, RoleList } from '../../../chat/chat.ts';
import { asFailure, type Failure } from '../../../http/failure.ts';
import { assignmentsOf, baseAt, draftOver, sameChoice, type Draft } from '../rules/draft.ts';
import { changedBetween, conflictsIn, merged, settled } from '../rules/merge.ts';
import { writeList } from './write.ts';

/** What a save did, for whoever wants to tell of it. */
export type Saved = {
  /** Seats that somebody else had changed since the draft was begun: saved along with mine. */
  readonly alongside: number;
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
  /** No answer came, and reading the list did not tell either. */
  | { readonly kind: 'unknown'; readonly failure: Failure };

export type SaveStep =
  | { readonly kind: 'reading' }
  /** How many people the service has been told of. */
  | { readonly kind: 'people'; readonly done: number; readonly of: number }
  | { readonly kind: 'writing' }
  /** No answer has come for long, or none will: the list is read until it tells what became of the write. */
  | { readonly kind: 'looking' };

export type SaveGiven = {
  readonly chat: Chat;
  readonly draft: Draft;
  readonly employees: readonly Employee[];
  /** Those that exist: a role on another one is written back, and its people need not be made known. */
  readonly channels?: readonly Channel[];
  readonly onStep?: (step: SaveStep) => void;
  /** Stops between two steps. A list that was sent already may be written all the same: then it is not known. */
  readonly signal?: AbortSignal;
  /** Where both of us changed a seat: ask me, or leave it to them. */
  readonly contested?: 'ask' | 'leave';
  /** Whether the merged whole may be written. Asked each time that it was merged anew. */
  readonly approves?: (merged: Draft) => boolean;
};

const MOST_ROUNDS = 5;

export async function saveRoles(given: SaveGiven): Promise<SaveOutcome> {
  const introduced = new Set<string>();
  const sent = { isOpen: false };
  try {
    for (let round = 0; round < MOST_ROUNDS; round += 1) {
      const outcome = await once(given, introduced, sent);
      if (outcome) return outcome;
    }
    return { kind: 'stale' };
  } catch (thrown) {
    return { kind: sent.isOpen ? 'unknown' : 'failed', failure: asFailure(thrown) };
  }
}

/** `null`: the list moved while we were at it, and nothing of mine was lost. */
async function once(
  given: SaveGiven,
  introduced: Set<string>,
  /** Whether a list was sent of which nobody knows yet what became. */
  sent: { isOpen: boolean },
): Promise<SaveOutcome | null> {
  const { chat, draft, onStep, signal, approves } = given;
  onStep?.({ kind: 'reading' });
  const list = await chat.roles();
  await breath();
  const mine = merged(draft, list.assignments);
  const conflicts = conflictsIn(mine).map(({ seat }) => seat);
  if (conflicts.length > 0 && given.contested !== 'leave') return { kind: 'contested', list };
  const over = settled(mine, conflicts, 'theirs');
  const saved = { alongside: changedBetween(draft.base, over, draft) };
  if (over.edits.size === 0) return { kind: 'saved', list, saved };
  if (approves?.(over) === false) return { kind: 'unapproved', list };

  const all = assignmentsOf(over);
  const people = peopleWithRole(given.employees, given.channels ? onChannels(all, given.channels) : all);
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

  onStep?.({ kind: 'writing' });
  await breath();
  sent.isOpen = true;
  const written = await writeList(
    chat,
    list,
    { assignments: all },
    { signal, onLooking: () => onStep?.({ kind: 'looking' }) },
  );
  sent.isOpen = written.kind === 'there';
  switch (written.kind) {
    case 'stale':
      return null;
    case 'failed':
    case 'unknown':
      return written;
    case 'there':
      await breath();
      return compared(over, written.list, saved);
  }
}

/** Saved is what stands in all seats of mine. Otherwise somebody has to look. */
function compared(over: Draft, list: RoleList, saved: Saved): SaveOutcome {
  const there = draftOver(list.assignments);
  const isThere = [...over.edits].every(([key, choice]) => sameChoice(choice, baseAt(there, key)));
  return isThere ? { kind: 'saved', list, saved } : { kind: 'differs', list };
}

/** People without any role need not be known: the service limits how many it takes. */
export function peopleWithRole(
  employees: readonly Employee[],
  assignments: readonly Assignment[],
): readonly Employee[] {
  const ids = new Set(assignments.map(assignment => assignment.employeeId));
  return employees.filter(employee => ids.has(employee.id));
}
