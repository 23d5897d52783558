import type { CrmApi, Question } from '../api.ts';
import type { CrmTasks } from '../tasks.ts';
import { unanswered } from '../unanswered.ts';
import { activity, noteWith, TASK, wordsOf, written } from './activity.ts';
import { recordId } from './ids.ts';
import { readFrom, readingOf } from './reading.ts';
import { dueAt } from './times.ts';

const seconds = (at: Date): number => at.getTime() / 1000;

export function tasksOf(crm: CrmApi, accountId: string, leaving: AbortSignal): CrmTasks {
  const { one, all } = readingOf(crm, accountId, leaving);
  const found = async (taskId: string) => {
    const path = recordId(taskId);
    const read = path === null ? null : await one(`v2/activities/${path}`, activity);
    return read && !read.isDeleted ? read : null;
  };
  /** A refusal is not an error, because trying again would not help. */
  async function change(taskId: string, body: unknown): Promise<void> {
    const question: Question = { path: `v2/activities/${recordId(taskId) ?? '0'}`, method: 'PATCH', body };
    const answer = await crm.ask(accountId, question, leaving);
    if (answer.kind !== 'refused' && answer.kind !== 'answered') throw unanswered(answer);
  }
  return {
    isOpen: async taskId => (await found(taskId))?.isDone === false,
    async findOpen(employeeId, end) {
      const owner = recordId(employeeId);
      if (owner === null) return null;
      for await (const page of all('v2/activities', { owner_id: owner, done: 'false' }, activity)) {
        const open = page.filter(one => !one.isDone && !one.isDeleted);
        const task = open.find(({ text }) => text.trimEnd().endsWith(end));
        if (task) return task.id;
      }
      return null;
    },
    async write(employeeId, text, at) {
      const owner = recordId(employeeId);
      if (owner === null) return null;
      const body = { ...wordsOf(text), type: TASK, owner_id: Number(owner), ...dueAt(seconds(at)) };
      const answer = await crm.ask(accountId, { path: 'v2/activities', method: 'POST', body }, leaving);
      return answer.kind === 'refused' ? null : readFrom(answer, written).data.id;
    },
    remind: (taskId, text, at) => change(taskId, { ...wordsOf(text), ...dueAt(seconds(at)) }),
    async complete(taskId, result) {
      const task = await found(taskId);
      if (task) await change(taskId, { done: true, note: noteWith(task.note, result) });
    },
  };
}
