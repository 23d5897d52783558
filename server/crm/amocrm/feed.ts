import * as v from 'valibot';
import { wellFormed } from '../../../domain/cut.ts';
import type { Question } from '../api.ts';
import type { CrmFeed, CrmTask, Written } from '../feed.ts';
import { id, recordId } from './ids.ts';
import { unanswered } from '../unanswered.ts';

type Asking = {
  readonly read: <S extends v.GenericSchema>(
    question: Question,
    schema: S,
  ) => Promise<v.InferOutput<S> | null>;
  readonly write: (question: Question) => Promise<{ readonly written: Written; readonly json: unknown }>;
};

const PAGE = 250;
/** For one contact. */
const MOST_PAGES = 20;
/** The type of task that every account has: "follow up". */
const USUAL_TASK = 1;

const notes = v.object({
  _embedded: v.object({
    notes: v.array(
      v.object({
        created_at: v.number(),
        params: v.nullish(v.object({ text: v.nullish(v.string(), '') })),
      }),
    ),
  }),
});
const task = v.object({
  id,
  text: v.nullish(v.string(), ''),
  created_at: v.number(),
  responsible_user_id: id,
  entity_id: v.nullish(id),
  entity_type: v.nullish(v.string()),
  is_completed: v.boolean(),
});
const tasks = v.object({ _embedded: v.object({ tasks: v.array(task) }) });
const one = v.tupleWithRest([v.object({ id })], v.unknown());
const written = v.object({
  _embedded: v.union([v.object({ notes: one }), v.object({ tasks: one })]),
});

const taskFrom = (found: v.InferOutput<typeof task>): CrmTask => ({
  id: found.id,
  text: found.text ?? '',
  at: found.created_at,
  contactId: found.entity_type === 'contacts' ? (found.entity_id ?? null) : null,
  forId: found.responsible_user_id,
  isCompleted: found.is_completed,
});

export function feedOf({ read, write }: Asking): CrmFeed {
  /** Only the CRM knows the new id. Without it the answer does not tell whether anything was written. */
  async function add(question: Question): Promise<Written> {
    const answer = await write({ method: 'POST', ...question });
    if (answer.written === 'done' && !v.is(written, answer.json)) throw unanswered();
    return answer.written;
  }
  async function listed(filter: Readonly<Record<string, string>>): Promise<readonly CrmTask[]> {
    const query = new URLSearchParams({ limit: String(PAGE), ...filter });
    return ((await read({ path: `tasks?${query}` }, tasks))?._embedded.tasks ?? []).map(taskFrom);
  }
  return {
    async notes(contactId) {
      const path = recordId(contactId);
      if (path === null) return [];
      const query = new URLSearchParams({
        limit: String(PAGE),
        'filter[note_type]': 'common',
        'order[id]': 'desc',
      });
      const found = await read({ path: `contacts/${path}/notes?${query}` }, notes);
      return (found?._embedded.notes ?? []).map(({ params, created_at }) => ({
        text: params?.text ?? '',
        at: created_at,
      }));
    },
    async addNote(personId, contactId, text) {
      const path = recordId(contactId);
      if (path === null) return 'failed';
      const body = [{ note_type: 'common', params: { text: wellFormed(text) } }];
      return add({ path: `contacts/${path}/notes`, as: personId, body });
    },
    async tasks(contactId) {
      const path = recordId(contactId);
      if (path === null) return [];
      const found: CrmTask[] = [];
      for (let page = 1; page <= MOST_PAGES; page += 1) {
        const filter = { 'filter[entity_type]': 'contacts', 'filter[entity_id]': path };
        const next = await listed({ ...filter, page: String(page) });
        found.push(...next.filter(each => each.contactId === contactId));
        if (next.length < PAGE) break;
      }
      return found;
    },
    async task(taskId) {
      const path = recordId(taskId);
      const found = path === null ? [] : await listed({ 'filter[id]': path });
      return found.find(each => each.id === taskId) ?? null;
    },
    addTask: (personId, { contactId, forId, text, dueAt }) =>
      add({
        path: 'tasks',
        as: personId,
        body: [
          {
            text: wellFormed(text),
            complete_till: Math.round(dueAt),
            entity_id: Number(contactId),
            entity_type: 'contacts',
            responsible_user_id: Number(forId),
            task_type_id: USUAL_TASK,
          },
        ],
      }),
    async completeTask(personId, taskId, result) {
      const path = recordId(taskId);
      if (path === null) return 'failed';
      const body = { is_completed: true, result: { text: wellFormed(result) } };
      return (await write({ path: `tasks/${path}`, as: personId, method: 'PATCH', body })).written;
    },
  };
}
