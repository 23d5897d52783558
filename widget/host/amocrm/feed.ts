/**
 * What people read about a contact in its feed: notes and open tasks. The formats are from memory of the CRM's API
 * reference, so only the necessary fields are read.
 */
import { nullish } from 'valibot';
import { wellFormed } from '../../../domain/cut.ts';
import { path, type Client } from '../../http/client.ts';
import { distinct } from '../../http/distinct.ts';
import { words } from '../../http/fields.ts';
import { object } from '../../http/object.ts';
import type { HostRecords } from '../host.ts';
import { crmId, readList } from './wire.ts';

const PAGE = 250;
/** The task type that every account has: "follow up". */
const USUAL_TASK = 1;

const note = object({ id: crmId, created_by: words, params: nullish(object({ text: words }), {}) });
const task = object({
  id: crmId,
  entity_id: words,
  responsible_user_id: words,
  created_by: words,
  text: words,
});

export const feedThrough = (
  ask: Client,
): Pick<HostRecords, 'notes' | 'addTask' | 'tasks' | 'completeTask'> => ({
  async notes(contactId) {
    const { items } = await readList(ask, 'notes', note, {
      path: path`/api/v4/contacts/${contactId}/notes`,
      query: { limit: PAGE, 'filter[note_type]': 'common', 'order[id]': 'desc' },
    });
    return [...distinct(items, one => one.id)]
      .sort((one, other) => Number(other.id) - Number(one.id))
      .map(({ params, created_by }) => ({ text: params.text, byId: created_by }));
  },
  async addTask({ contactId, forId, text, dueAt }) {
    await ask({
      method: 'POST',
      path: '/api/v4/tasks',
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
    });
  },
  async tasks(contactId, signal) {
    const { items } = await readList(ask, 'tasks', task, {
      path: '/api/v4/tasks',
      query: {
        limit: PAGE,
        'filter[entity_type]': 'contacts',
        'filter[entity_id]': contactId,
        'filter[is_completed]': 0,
      },
      signal,
    });
    return distinct(items, one => one.id).map(one => ({
      id: one.id,
      contactId: one.entity_id || contactId,
      forId: one.responsible_user_id,
      fromId: one.created_by,
      text: one.text,
    }));
  },
  async completeTask(taskId, result) {
    await ask({
      method: 'PATCH',
      path: path`/api/v4/tasks/${taskId}`,
      body: { is_completed: true, result: { text: wellFormed(result) } },
    });
  },
});
