/**
 * Asking a colleague for their client. The question is a task in the CRM, so the colleague sees it wherever they work,
 * and it stays until it is answered. The task's author asks and its assignee answers. The mark at the end of the text
 * identifies the task as a question, in any language.
 */
import type { Assignment } from '../../../domain/assignment.ts';
import type { Employee } from '../../../domain/employee.ts';
import type { HostRecords, Task } from '../../host/host.ts';
import { asFailure, leavesOpen, type Failure } from '../../http/failure.ts';

const MARK = '[crm-chat-roles:ask]';

/** A question that is still open. */
export type Ask = {
  readonly taskId: string;
  readonly contactId: string;
  readonly fromId: string;
  readonly toId: string;
  /** The asker's own words; may be empty. */
  readonly words: string;
};

/** `firstLine`: fixed words in the account's language that name the asker. */
export const askText = (firstLine: string, words: string): string =>
  [firstLine, words.trim(), MARK].filter(line => line !== '').join('\n');

/** The question in a task; `null` for any other task. */
export function askFrom({ id, contactId, fromId, forId, text }: Task): Ask | null {
  const written = text.trim();
  if (!written.endsWith(MARK)) return null;
  const [, ...words] = written.slice(0, -MARK.length).trim().split('\n');
  return { taskId: id, contactId, fromId, toId: forId, words: words.join('\n').trim() };
}

/** All open questions about a client, from and to any employee. Throws a `Failure`. */
export async function openAsks(
  records: Pick<HostRecords, 'tasks'>,
  contactId: string,
  signal?: AbortSignal,
): Promise<readonly Ask[]> {
  const tasks = await records.tasks(contactId, signal);
  return tasks.map(askFrom).filter(ask => ask !== null);
}

/**
 * The colleague to ask: the owner, or a supervisor when the owner is away (`isAway`) or no longer works here.
 * Supervisors of the client's channels come first. `null`: there is none.
 */
export function whomToAsk(given: {
  readonly owner: Employee | undefined;
  readonly isAway: boolean;
  readonly me: string;
  readonly employees: readonly Employee[];
  readonly assignments: readonly Assignment[];
  readonly clientChannelIds: readonly string[];
}): Employee | null {
  const { owner, employees, clientChannelIds } = given;
  if (owner?.active && !given.isAway) return owner;
  const seats = given.assignments.filter(({ role }) => role === 'supervisor');
  const near = seats.filter(({ channelId }) => clientChannelIds.includes(channelId));
  return (
    [...near, ...seats]
      .map(({ employeeId }) => employees.find(({ id }) => id === employeeId))
      .find(one => one?.active && one.id !== given.me && one.id !== owner?.id) ?? null
  );
}

export type AskOutcome =
  /** `ask` is `undefined` while the CRM does not show the task yet. */
  | { readonly kind: 'asked'; readonly ask: Ask | undefined }
  | { readonly kind: 'forbidden' }
  | { readonly kind: 'missing' }
  /** Nothing was asked. */
  | { readonly kind: 'failed'; readonly failure: Failure }
  /** The task may be there. `openAsks` shows it later. */
  | { readonly kind: 'unknown'; readonly failure: Failure };

export type Question = {
  readonly contactId: string;
  readonly me: string;
  readonly toId: string;
  /** Made by `askText`. */
  readonly text: string;
  /** Unix seconds. */
  readonly dueAt: number;
};

/** Asks once: an open question of mine counts as asked, and after a lost answer the tasks are read again. */
export async function ask(
  records: HostRecords,
  { contactId, me, toId, text, dueAt }: Question,
): Promise<AskOutcome> {
  const mine = async (): Promise<Ask | undefined> =>
    (await openAsks(records, contactId)).find(({ fromId }) => fromId === me);
  try {
    const open = await mine();
    if (open) return { kind: 'asked', ask: open };
  } catch (thrown) {
    return refused(asFailure(thrown));
  }
  let unanswered: Failure | null = null;
  try {
    await records.addTask({ contactId, forId: toId, text, dueAt });
  } catch (thrown) {
    unanswered = asFailure(thrown);
    if (!leavesOpen(unanswered)) return refused(unanswered);
  }
  const found = await mine().catch(() => undefined);
  return unanswered && !found ? { kind: 'unknown', failure: unanswered } : { kind: 'asked', ask: found };
}

function refused(failure: Failure): AskOutcome {
  return failure.code === 'forbidden' || failure.code === 'missing'
    ? { kind: failure.code }
    : { kind: 'failed', failure };
}
