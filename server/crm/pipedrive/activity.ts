/**
 * What a task is in Pipedrive: an activity. It has one line of subject that lists show, and a note below it. A text that is
 * short enough is the subject; of a longer one the beginning is, and all of it stands in the note.
 */
import * as v from 'valibot';
import { cut, wellFormed } from '../../../domain/cut.ts';
import { htmlOf, textIn } from './html.ts';
import { id } from './ids.ts';
import { moment } from './times.ts';

/** No document says how much a subject holds; 255 is what such fields hold in Pipedrive's database (inferred). */
const LONGEST_SUBJECT = 255;
const MORE = '…';
/** The kind that every company begins with; an administrator may take it away (inferred). */
export const TASK = 'task';

export type Activity = v.InferOutput<typeof activity>;

export const activity = v.pipe(
  v.object({
    id,
    subject: v.nullish(v.string(), ''),
    note: v.nullish(v.string(), ''),
    owner_id: id,
    person_id: v.nullish(id, null),
    add_time: v.nullish(moment, 0),
    done: v.nullish(v.boolean(), false),
    is_deleted: v.nullish(v.boolean(), false),
  }),
  v.transform(one => ({
    id: one.id,
    text: textOf(one.subject, one.note),
    /** As it is stored. */
    note: one.note,
    ownerId: one.owner_id,
    contactId: one.person_id,
    addedAt: Math.floor(one.add_time / 1000),
    isDone: one.done,
    isDeleted: one.is_deleted,
  })),
);

/** What an answer to a new one has: without an id nobody knows whether it is there. */
export const written = v.object({ data: v.object({ id }) });

export function wordsOf(text: string): { readonly subject: string; readonly note?: string } {
  const whole = wellFormed(text);
  const line = whole.replaceAll(/\s+/g, ' ').trim();
  if (line.length <= LONGEST_SUBJECT) return { subject: line };
  return { subject: `${cut(line, LONGEST_SUBJECT - MORE.length)}${MORE}`, note: htmlOf(whole) };
}

const textOf = (subject: string, note: string): string =>
  subject.endsWith(MORE) && note !== '' ? textIn(note) : subject;

/** What came of it is added below what the note says. */
export const noteWith = (note: string, result: string): string =>
  [note, htmlOf(wellFormed(result))].filter(part => part !== '').join('<br><br>');
