/**
 * Saves a draft over the current list. The service replaces the whole list, so a save reads it, merges, makes sure that
 * the service knows everyone with a role, writes against the version that was read, and compares the answer, which is
 * the list read back. Changes that others write in between are merged in the next round; a seat changed on both sides
 * is never written before the admin resolves the conflict. An error writes nothing and keeps the draft.
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

/** What a save did, for messages about it. */
export type Saved = {
  /** Seats that another admin changed after the draft was begun. Their changes were kept. */
  readonly alongside: number;
};

export type SaveOutcome =
  | { readonly kind: 'saved'; readonly list: RoleList; readonly saved: Saved }
  /** Another admin changed the same seats. Nothing was written. */
  | { readonly kind: 'contested'; readonly list: RoleList }
  /** Together with another admin's changes, the result would be one that no one has approved. Nothing was written. */
  | { readonly kind: 'unapproved'; readonly list: RoleList }
  /** Others saved so often that no attempt succeeded. Nothing was written. */
  | { readonly kind: 'stale' }
  /** Written, but the service now shows other values in the edited seats. */
  | { readonly kind: 'differs'; readonly list: RoleList }
  /** Stopped by the admin between two steps. No role was written. */
  | { readonly kind: 'stopped'; readonly done: number; readonly of: number }
  /** Nothing was written. */
  | { readonly kind: 'failed'; readonly failure: Failure }
  /** No answer came, and reading the list gave no certainty either. */
  | { readonly kind: 'unknown'; readonly failure: Failure };

export type SaveStep =
  | { readonly kind: 'reading' }
  /** How many people were sent to the service. */
  | { readonly kind: 'people'; readonly done: number; readonly of: number }
  | { readonly kind: 'writing' }
  /** The write got no answer for long or failed without one. The list is read until the result is known. */
  | { readonly kind: 'looking' };

export type SaveGiven = {
  readonly chat: Chat;
  readonly draft: Draft;
  readonly employees: readonly Employee[];
  /**
   * The existing channels. A role on any other channel is written back, but its people need not be known to the
   * service.
   */
  readonly channels?: readonly Channel[];
  readonly onStep?: (step: SaveStep) => void;
  /** Stops between two steps. A list that was already sent may still be written; the outcome is then unknown. */
  readonly signal?: AbortSignal;
  /** What to do with a seat changed on both sides: ask the admin, or keep the other's change. */
  readonly contested?: 'ask' | 'leave';
  /** Whether the merged result may be written. Called after each merge. */
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

/** One round of a save. `null`: the list changed in the meantime, and no edit was lost. */
async function once(
  given: SaveGiven,
  introduced: Set<string>,
  /** Whether a list was sent whose result is still unknown. */
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

/** The save succeeded if all edited seats have the wanted values. Otherwise the admin has to look. */
function compared(over: Draft, list: RoleList, saved: Saved): SaveOutcome {
  const there = draftOver(list.assignments);
  const isThere = [...over.edits].every(([key, choice]) => sameChoice(choice, baseAt(there, key)));
  return isThere ? { kind: 'saved', list, saved } : { kind: 'differs', list };
}

/** People without a role need not be known to the service, which limits their number. */
export function peopleWithRole(
  employees: readonly Employee[],
  assignments: readonly Assignment[],
): readonly Employee[] {
  const ids = new Set(assignments.map(assignment => assignment.employeeId));
  return employees.filter(employee => ids.has(employee.id));
}
