import * as v from 'valibot';
import type { CrmApi, Question } from '../api.ts';
import type { CrmTasks } from '../tasks.ts';
import { CrmUnavailable } from '../unanswered.ts';
import { id } from './ids.ts';

const PAGE = 250;
const MOST_PAGES = 40;

const listed = v.nullable(
  v.object({ _embedded: v.object({ tasks: v.array(v.object({ id, text: v.string() })) }) }),
);
const written = v.object({
  _embedded: v.object({ tasks: v.tupleWithRest([v.object({ id })], v.unknown()) }),
});

const seconds = (at: Date): number => Math.floor(at.getTime() / 1000);

export function crmTasksOf(crm: CrmApi, accountId: string, leaving: AbortSignal): CrmTasks {
  /** Null where the CRM refuses. Trying again would not help. */
  async function ask(question: Question): Promise<{ readonly json: unknown } | null> {
    const answer = await crm.ask(accountId, question, leaving);
    if (answer.kind === 'refused') return null;
    if (answer.kind !== 'answered') throw new CrmUnavailable(`The CRM cannot be asked: ${answer.kind}`);
    return answer;
  }
  async function list(filter: Readonly<Record<string, string>>) {
    const query = new URLSearchParams({ limit: String(PAGE), 'filter[is_completed]': '0', ...filter });
    const { success, output } = v.safeParse(listed, (await ask({ path: `tasks?${query}` }))?.json);
    if (!success) throw new CrmUnavailable('The CRM does not tell its tasks');
    return output?._embedded.tasks ?? [];
  }
  const change = async (taskId: string, body: unknown): Promise<void> =>
    void (await ask({ path: `tasks/${encodeURIComponent(taskId)}`, method: 'PATCH', body }));

  return {
    isOpen: async taskId => (await list({ 'filter[id]': taskId })).some(task => task.id === taskId),
    async findOpen(employeeId, end) {
      for (let page = 1; page <= MOST_PAGES; page += 1) {
        const tasks = await list({ 'filter[responsible_user_id]': employeeId, page: String(page) });
        const found = tasks.find(({ text }) => text.trimEnd().endsWith(end));
        if (found) return found.id;
        if (tasks.length < PAGE) return null;
      }
      return null;
    },
    async write(employeeId, text, dueAt) {
      const body = [{ text, complete_till: seconds(dueAt), responsible_user_id: Number(employeeId) }];
      const answer = await ask({ path: 'tasks', as: employeeId, method: 'POST', body });
      if (!answer) return null;
      const { success, output } = v.safeParse(written, answer.json);
      if (!success) throw new CrmUnavailable('The CRM does not say what it has written');
      return output._embedded.tasks[0].id;
    },
    remind: (taskId, text, dueAt) => change(taskId, { text, complete_till: seconds(dueAt) }),
    complete: (taskId, result) => change(taskId, { is_completed: true, result: { text: result } }),
  };
}
