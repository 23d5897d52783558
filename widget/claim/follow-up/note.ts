/**
 * What must not be written twice: notes and tasks. When an answer was lost, the CRM is asked whether it is there, and
 * nothing is sent again before a request that is still on its way would have arrived. A rare double remains possible:
 * a browser may send a request twice by itself.
 */
import { wellFormed } from '../../../domain/cut.ts';
import type { HostRecords } from '../../host/host.ts';
import { asFailure, Failure, leavesOpen } from '../../http/failure.ts';
import type { FollowUp, FollowUpOutcome } from './follow-up.ts';

/** In this time a request whose answer was lost has arrived, or never will. */
const ARRIVAL_MS = 60_000;

export type Writing = {
  /** When it may have been sent already, in milliseconds since the epoch; `null`: certainly never. */
  readonly sentAt: number | null;
  /** Remembers that it is being sent. */
  readonly sending: () => void;
  readonly now: () => number;
  readonly me: string;
};

/** Throws a `Failure` that tells nothing about whether it is there. */
export async function writeOnce(
  records: HostRecords,
  followUp: Extract<FollowUp, { kind: 'note' | 'task' }>,
  { sentAt, sending, now, me }: Writing,
): Promise<FollowUpOutcome> {
  const isThere = (): Promise<boolean> => isWritten(records, followUp, me);
  if (sentAt !== null) {
    if (await isThere()) return { kind: 'written' };
    const left = Math.min(ARRIVAL_MS, sentAt + ARRIVAL_MS - now());
    if (left > 0) return { kind: 'failed', failure: new Failure('timeout', 'crm', { retryAfterMs: left }) };
  }
  sending();
  try {
    await send(records, followUp);
    return { kind: 'written' };
  } catch (thrown) {
    const failure = asFailure(thrown);
    if (leavesOpen(failure) && (await isThere().catch(() => false))) return { kind: 'written' };
    throw failure;
  }
}

function send(records: HostRecords, followUp: Extract<FollowUp, { kind: 'note' | 'task' }>): Promise<void> {
  if (followUp.kind === 'note') return records.addNote(followUp.contactId, followUp.text);
  const { contactId, forId, text, dueAt } = followUp;
  return records.addTask({ contactId, forId, text, dueAt });
}

async function isWritten(
  records: HostRecords,
  followUp: Extract<FollowUp, { kind: 'note' | 'task' }>,
  me: string,
): Promise<boolean> {
  if (followUp.kind === 'note') {
    const notes = await records.notes(followUp.contactId);
    return notes.some(note => note.byId === me && isSameText(note.text, followUp.text));
  }
  const tasks = await records.tasks(followUp.contactId);
  return tasks.some(
    task => task.fromId === me && task.forId === followUp.forId && isSameText(task.text, followUp.text),
  );
}

/** The CRM may trim what it keeps and end lines its own way. */
export const isSameText = (one: string, other: string): boolean => plain(one) === plain(other);
const plain = (text: string): string => wellFormed(text).replaceAll(/\s+/g, ' ').trim();
