/**
 * What people read about a contact in its feed: notes, and tasks that wait for somebody. Neither is idempotent. Shapes
 * are from memory of the CRM's API reference, so only what is needed is read.
 */
import { array, nullish, number, optional, string } from 'valibot';
import { object } from '../../http/object.ts';
import { path, type Client } from '../../http/client.ts';
import type { HostRecords } from '../host.ts';

const PAGE = 250;
/** The kind of task that every account has: "follow up". */
const USUAL_TASK = 1;

const notePage = object({
  _embedded: object({
    notes: array(
      object({
        id: number(),
        created_by: optional(number(), 0),
        params: nullish(object({ text: nullish(string()) })),
      }),
    ),
  }),
});

const taskPage = object({
  _embedded: object({
    tasks: array(
      object({
        id: number(),
        entity_id: number(),
        responsible_user_id: number(),
        created_by: optional(number(), 0),
        text: nullish(string()),
      }),
    ),
  }),
});

export const feedThrough = (
  ask: Client,
): Pick<HostRecords, 'addNote' | 'notes' | 'addTask' | 'tasks' | 'completeTask'> => ({
  async addNote(contactId, text) {
    await ask({
      method: 'POST',
      path: path`/api/v4/contacts/${contactId}/notes`,
      body: [{ note_type: 'common', params: { text } }],
    });
  },
  async notes(contactId) {
    const { value } = await ask({
      method: 'GET',
      path: path`/api/v4/contacts/${contactId}/notes`,
      query: { limit: PAGE, 'filter[note_type]': 'common', 'order[id]': 'desc' },
      schema: notePage,
    });
    return [...(value?._embedded.notes ?? [])]
      .sort((one, other) => other.id - one.id)
      .map(({ params, created_by }) => ({ text: params?.text ?? '', byId: String(created_by) }));
  },
  async addTask({ contactId, forId, text, dueAt }) {
    await ask({
      method: 'POST',
      path: '/api/v4/tasks',
      body: [
        {
          text,
          complete_till: Math.round(dueAt),
          entity_id: Number(contactId),
          entity_type: 'contacts',
          responsible_user_id: Number(forId),
          task_type_id: USUAL_TASK,
        },
      ],
    });
  },
  async tasks(contactId, signal) {
    const { value } = await ask({
      method: 'GET',
      path: '/api/v4/tasks',
      query: {
        limit: PAGE,
        'filter[entity_type]': 'contacts',
        'filter[entity_id]': contactId,
        'filter[is_completed]': 0,
      },
      schema: taskPage,
      signal,
    });
    return (value?._embedded.tasks ?? []).map(task => ({
      id: String(task.id),
      contactId: String(task.entity_id),
      forId: String(task.responsible_user_id),
      fromId: String(task.created_by),
      text: task.text ?? '',
    }));
  },
  async completeTask(taskId, result) {
    await ask({
      method: 'PATCH',
      path: path`/api/v4/tasks/${taskId}`,
      body: { is_completed: true, result: { text: result } },
    });
  },
});
