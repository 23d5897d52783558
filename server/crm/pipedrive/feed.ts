/**
 * Notes and activities of a person. Pipedrive names the owner of the token as the author, so each employee's own token writes
 * them, after a check that this employee may see the person.
 */
import * as v from 'valibot';
import { wellFormed } from '../../../domain/cut.ts';
import type { Question } from '../api.ts';
import type { CrmFeed, CrmTask, Written } from '../feed.ts';
import { unanswered } from '../unanswered.ts';
import { activity, noteWith, TASK, wordsOf, written, type Activity } from './activity.ts';
import { person } from './clients.ts';
import { htmlOf, textIn } from './html.ts';
import { recordId } from './ids.ts';
import type { Reading } from './reading.ts';
import { dueAt as dueOn, moment } from './times.ts';

export type Writing = (question: Question) => Promise<{ readonly written: Written; readonly json: unknown }>;

/** The newest ones. */
const NOTES = 100;
/** The ones that have changed last. */
const MOST_ACTIVITIES = 2000;

const notes = v.nullish(v.array(v.object({ content: v.nullish(v.string(), ''), add_time: moment })));

const taskFrom = (one: Activity): CrmTask => ({
  id: one.id,
  text: one.text,
  at: one.addedAt,
  contactId: one.contactId,
  forId: one.ownerId,
  isCompleted: one.isDone,
});

export function feedOf({ one, all }: Reading, write: Writing): CrmFeed {
  const isShown = async (contactId: string, personId: string): Promise<boolean> =>
    (await one({ path: `v2/persons/${contactId}`, as: personId }, person)) !== null;

  /** Reads the person first: it is not documented whether employees may add to a person whom they cannot see. */
  async function add(contactId: string, question: Question & { readonly as: string }): Promise<Written> {
    if (!(await isShown(contactId, question.as))) return 'refused';
    const answer = await write({ ...question, method: 'POST' });
    if (answer.written === 'done' && !v.is(written, answer.json)) throw unanswered();
    return answer.written;
  }

  return {
    async notes(contactId) {
      const path = recordId(contactId);
      if (path === null) return [];
      const query = new URLSearchParams({ person_id: path, limit: String(NOTES), sort: 'add_time DESC' });
      const found = await one(`v1/notes?${query}`, notes);
      return (found ?? [])
        .map(({ content, add_time }) => ({ text: textIn(content ?? ''), at: Math.floor(add_time / 1000) }))
        .sort((left, right) => right.at - left.at);
    },
    async addNote(personId, contactId, text) {
      const path = recordId(contactId);
      if (path === null) return 'failed';
      const body = { content: htmlOf(wellFormed(text)), person_id: Number(path) };
      return add(path, { path: 'v1/notes', as: personId, body });
    },
    async tasks(contactId) {
      const path = recordId(contactId);
      if (path === null) return [];
      const found: Activity[] = [];
      const filter = { person_id: path, sort_by: 'update_time', sort_direction: 'desc' };
      for await (const page of all('v2/activities', filter, activity)) {
        found.push(...page.filter(each => !each.isDeleted && each.contactId === contactId));
        if (found.length >= MOST_ACTIVITIES) break;
      }
      return found.map(taskFrom);
    },
    async task(taskId) {
      const path = recordId(taskId);
      const found = path === null ? null : await one(`v2/activities/${path}`, activity);
      return found && !found.isDeleted ? taskFrom(found) : null;
    },
    async addTask(personId, { contactId, forId, text, dueAt }) {
      const path = recordId(contactId);
      const owner = recordId(forId);
      if (path === null || owner === null) return 'failed';
      const body = {
        ...wordsOf(text),
        type: TASK,
        owner_id: Number(owner),
        person_id: Number(path),
        ...dueOn(dueAt),
      };
      return add(path, { path: 'v2/activities', as: personId, body });
    },
    async completeTask(personId, taskId, result) {
      const path = recordId(taskId);
      if (path === null) return 'failed';
      const question = { path: `v2/activities/${path}`, as: personId };
      const found = await one(question, activity);
      if (!found) return 'refused';
      if (found.contactId !== null && !(await isShown(found.contactId, personId))) return 'refused';
      const body = { done: true, note: noteWith(found.note, result) };
      return (await write({ ...question, method: 'PATCH', body })).written;
    },
  };
}
