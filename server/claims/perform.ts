/** Does one follow-up as the person who pressed, and returns how it ended. It is safe to repeat. */
import type { CrmActing } from '../crm/acting.ts';
import { CrmUnanswered } from '../crm/unanswered.ts';
import { completeTask } from './complete-task.ts';
import type { FollowUp, FollowUpOutcome, SentText } from './follow-up.ts';
import { withNames } from './mentions.ts';
import { moveDeals, type MoveAttempt } from './move-deals.ts';
import { peopleOf, type People } from './people.ts';
import { arrivalMsLeft, isPosted, writeOnce } from './write-once.ts';

export async function performFollowUp(
  crm: CrmActing,
  followUp: FollowUp,
  trying: MoveAttempt,
): Promise<FollowUpOutcome> {
  try {
    return await perform(crm, peopleOf(crm), followUp, trying);
  } catch (error) {
    if (!(error instanceof CrmUnanswered)) throw error;
    // This try sent nothing: writes handle their own lost answers.
    return { kind: 'later', mayBeThere: trying.sentAt !== null, afterMs: 0, deals: [] };
  }
}

async function perform(
  crm: CrmActing,
  people: People,
  followUp: FollowUp,
  trying: MoveAttempt,
): Promise<FollowUpOutcome> {
  const { contactId, employeeId } = followUp;
  const nameOf = async (id: string): Promise<string | null> => (await people.person(id))?.name ?? null;
  /** An outcome when the client is gone or the person may not write in the client's feed; null when they may. */
  const whyNotAllowed = async (): Promise<FollowUpOutcome | null> => {
    const [who, client] = await Promise.all([people.person(employeeId), crm.contact(contactId)]);
    if (!client) return { kind: 'void' };
    const isAllowed = who?.mayAct && who.mayAddTo(await people.owner(client.ownerId, who));
    return isAllowed ? null : { kind: 'refused', deals: [] };
  };
  const whyNoUndoNote = async ({ text, sentAt }: SentText): Promise<FollowUpOutcome | null> => {
    if (isPosted(await crm.notes(contactId), await withNames(text, nameOf), sentAt)) return null;
    const left = arrivalMsLeft(sentAt, trying.now());
    if (left > 0) return { kind: 'later', mayBeThere: false, afterMs: left, deals: [] };
    return { kind: 'void' };
  };
  switch (followUp.kind) {
    case 'deals':
      return moveDeals(crm, people, followUp, trying);
    case 'note': {
      const text = await withNames(followUp.text, nameOf);
      const { onlyAfter } = followUp;
      return writeOnce(trying, {
        text,
        whyNot: async () => (onlyAfter && (await whyNoUndoNote(onlyAfter))) ?? (await whyNotAllowed()),
        read: () => crm.notes(contactId),
        write: () => crm.addNote(employeeId, contactId, text),
      });
    }
    case 'task': {
      const { forId, dueAt } = followUp;
      const text = await withNames(followUp.text, nameOf);
      return writeOnce(trying, {
        text,
        // A task for an employee who has left would never be read.
        whyNot: async () =>
          (await people.person(forId))?.active === true ? whyNotAllowed() : { kind: 'void' },
        read: async () => (await crm.tasks(contactId)).filter(task => task.forId === forId),
        write: () => crm.addTask(employeeId, { contactId, forId, text, dueAt }),
      });
    }
    case 'answer':
      return completeTask(crm, people, followUp, {
        ...trying,
        text: await withNames(followUp.text, nameOf),
        nameOf,
      });
  }
}
