/** Completes a task about the client: a colleague's question, or the task of a claim that is undone. */
import type { CrmActing } from '../crm/acting.ts';
import type { CrmTask } from '../crm/feed.ts';
import { CrmUnanswered, whenUnanswered } from '../crm/unanswered.ts';
import type { FollowUp, FollowUpOutcome } from './follow-up.ts';
import { withNames } from './mentions.ts';
import type { People } from './people.ts';
import { arrivalMsLeft, isPosted, type Sending } from './write-once.ts';

type Answering = Extract<FollowUp, { kind: 'answer' }>;

export async function completeTask(
  crm: CrmActing,
  people: People,
  { contactId, employeeId, task: target }: Answering,
  trying: Sending & {
    readonly text: string;
    readonly nameOf: (employeeId: string) => Promise<string | null>;
  },
): Promise<FollowUpOutcome> {
  const found = async (): Promise<CrmTask | null> => {
    if ('id' in target) return crm.task(target.id);
    const text = await withNames(target.text, trying.nameOf);
    const theirs = (await crm.tasks(contactId)).filter(task => task.forId === target.forId);
    return theirs.findLast(task => isPosted([task], text, target.sentAt)) ?? null;
  };
  const task = await found();
  if (!task && 'sentAt' in target) {
    const left = arrivalMsLeft(target.sentAt, trying.now());
    if (left > 0) return { kind: 'later', mayBeThere: false, afterMs: left, deals: [] };
  }
  // A page may name any task, so tasks about other clients are left alone.
  if (task?.contactId !== contactId) return { kind: 'void' };
  if (task.isCompleted) return DONE;
  const who = await people.person(employeeId);
  const isAllowed = async (): Promise<boolean> => {
    if (!who?.mayAct || !who.mayComplete(await people.owner(task.forId, who))) return false;
    if (task.forId === employeeId) return true;
    // A person who cannot see the contact cannot see colleagues' tasks about it either.
    const client = await crm.contact(contactId);
    return client !== null && who.mayAddTo(await people.owner(client.ownerId, who));
  };
  if (!(await isAllowed())) return { kind: 'refused', deals: [] };
  await trying.sending();
  try {
    return { kind: await crm.completeTask(employeeId, task.id, trying.text), deals: [] };
  } catch (error) {
    if (!(error instanceof CrmUnanswered)) throw error;
    const { mayBeDone } = error;
    if (mayBeDone && (await crm.task(task.id).catch(whenUnanswered(null)))?.isCompleted) return DONE;
    return { kind: 'later', mayBeThere: mayBeDone, afterMs: 0, deals: [] };
  }
}

const DONE: FollowUpOutcome = { kind: 'done', deals: [] };
