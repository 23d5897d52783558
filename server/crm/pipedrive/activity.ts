/**
 * Tasks are activities in Pipedrive. An activity has a subject of one line, which lists show, and a note. A short text
 * becomes the subject. For a longer text, the subject has its beginning and the note has all of it.
 */
import * as v from 'valibot';
import { cut, wellFormed } from '../../../domain/cut.ts';
import { htmlOf, textIn } from './html.ts';
import { id } from './ids.ts';
import { moment } from './times.ts';

/** The longest subject is not documented. 255 is the length of such fields in Pipedrive (inferred). */
const LONGEST_SUBJECT = 255;
const MORE = '…';
/** A type that every new company has. An administrator may remove it (inferred). */
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
    /** The note's HTML as it is stored. */
    note: one.note,
    ownerId: one.owner_id,
    contactId: one.person_id,
    addedAt: Math.floor(one.add_time / 1000),
    isDone: one.done,
    isDeleted: one.is_deleted,
  })),
);

/** The answer to a new activity. Without an id, it is unknown whether the activity was created. */
export const written = v.object({ data: v.object({ id }) });

export function wordsOf(text: string): { readonly subject: string; readonly note?: string } {
  const whole = wellFormed(text);
  const line = whole.replaceAll(/\s+/g, ' ').trim();
  if (line.length <= LONGEST_SUBJECT) return { subject: line };
  return { subject: `${cut(line, LONGEST_SUBJECT - MORE.length)}${MORE}`, note: htmlOf(whole) };
}

const textOf = (subject: string, note: string): string =>
  subject.endsWith(MORE) && note !== '' ? textIn(note) : subject;

/** Adds the result below the note's text. */
export const noteWith = (note: string, result: string): string =>
  [note, htmlOf(wellFormed(result))].filter(part => part !== '').join('<br><br>');
