/**
 * Notes and open activities of a contact. An activity has a subject of one line in plain text, and a note for the rest.
 * All notes are HTML.
 */
import { path, type Client } from '../../http/client.ts';
import { flag, words } from '../../http/fields.ts';
import { object } from '../../http/object.ts';
import { wellFormed } from '../../../domain/cut.ts';
import type { HostRecords } from '../host.ts';
import { asHtml, plain } from './html.ts';
import { recordId } from './ids.ts';
import { hidden, readList, readOne } from './wire.ts';

const PAGE = 100;
/** The type of activity that every account has. */
const USUAL_TYPE = 'task';

const note = object({ id: recordId, content: words, user_id: words });
const activity = object({
  id: recordId,
  subject: words,
  note: words,
  owner_id: words,
  creator_user_id: words,
  person_id: words,
  done: flag,
});

export const feedThrough = (
  ask: Client,
): Pick<HostRecords, 'notes' | 'addTask' | 'tasks' | 'completeTask'> => ({
  async notes(contactId) {
    const query = { person_id: contactId, limit: PAGE, sort: 'id DESC' };
    const { items } = await readList(ask, note, { path: '/v1/notes', query });
    return [...items]
      .sort((one, other) => Number(other.id) - Number(one.id))
      .map(({ content, user_id }) => ({ text: plain(content), byId: user_id }));
  },
  async addTask({ contactId, forId, text, dueAt }) {
    const [subject = '', ...rest] = wellFormed(text).split('\n');
    const due = new Date(dueAt * 1000).toISOString();
    await ask({
      method: 'POST',
      path: '/v2/activities',
      body: {
        subject,
        note: asHtml(rest.join('\n')),
        type: USUAL_TYPE,
        owner_id: Number(forId),
        person_id: Number(contactId),
        due_date: due.slice(0, 10),
        due_time: due.slice(11, 16),
      },
    });
  },
  async tasks(contactId, signal) {
    const query = { person_id: contactId, done: 'false', limit: PAGE };
    const { items } = await readList(ask, activity, { path: '/v2/activities', query, signal });
    return items.map(one => ({
      id: one.id,
      contactId: one.person_id || contactId,
      forId: one.owner_id,
      fromId: one.creator_user_id,
      text: [one.subject, plain(one.note)].filter(line => line !== '').join('\n'),
    }));
  },
  async completeTask(taskId, result) {
    const of = path`/v2/activities/${taskId}`;
    const { record } = await readOne(ask, activity, { path: of }).catch(hidden);
    // An earlier request wrote the result, but its answer was lost.
    if (record.done) return;
    const note = [record.note, asHtml(wellFormed(result))].filter(part => part !== '').join('<br><br>');
    await ask({ method: 'PATCH', path: of, body: { done: true, note } });
  },
});
