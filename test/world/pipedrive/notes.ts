/** Notes about a person or a deal, visible to users who can see the subject. */
import type { Clock } from '../clock.ts';
import type { Actor, Changes } from './changes.ts';

export type NoteSubject = { readonly personId: number | null; readonly dealId: number | null };
export type Note = NoteSubject & {
  readonly id: number;
  readonly userId: number;
  content: string;
  readonly addTime: number;
  updateTime: number;
};

export type Notes = {
  readonly notes: Map<number, Note>;
  readonly addNote: (actor: Actor, subject: NoteSubject, content: string, authorId?: number) => Note;
};

export function createNotes(clock: Clock, tell: Changes['tell'], nextId: () => number): Notes {
  const notes = new Map<number, Note>();
  return {
    notes,
    addNote(actor, subject, content, userId = actor.userId) {
      const now = clock.now();
      const record = { id: nextId(), userId, content, ...subject, addTime: now, updateTime: now };
      notes.set(record.id, record);
      tell({ entity: 'note', action: 'create', record, actor });
      return record;
    },
  };
}
