/** Notes and tasks of contacts and deals. The account checks who may write them. */
import type { Changes } from './changes.ts';
import { seconds, type Clock } from './clock.ts';

export type Subject = { readonly entityType: 'contacts' | 'leads'; readonly entityId: number };

export type CrmNote = Subject & {
  readonly id: number;
  readonly createdBy: number;
  readonly createdAt: number;
  readonly text: string;
};

/** A task may have no subject. */
export type TaskSubject = Subject | { readonly entityType: null; readonly entityId: null };

export type CrmTask = TaskSubject & {
  readonly id: number;
  readonly createdBy: number;
  readonly createdAt: number;
  updatedAt: number;
  text: string;
  responsibleUserId: number;
  /** Whole seconds, like the other times here. */
  completeTill: number;
  readonly taskTypeId: number;
  isCompleted: boolean;
  /** The result of the task; null until one is entered. */
  result: string | null;
};

export type TaskDraft = TaskSubject &
  Pick<CrmTask, 'text' | 'responsibleUserId' | 'completeTill'> & { readonly taskTypeId?: number };
export type TaskChange = Partial<
  Pick<CrmTask, 'text' | 'responsibleUserId' | 'completeTill' | 'isCompleted'> & { result: string }
>;

export type Activities = {
  readonly notes: CrmNote[];
  readonly tasks: Map<number, CrmTask>;
  readonly writeNote: (authorId: number, subject: Subject, text: string) => CrmNote;
  readonly writeTask: (authorId: number, draft: TaskDraft) => CrmTask;
  readonly changeTask: (actorId: number, task: CrmTask, change: TaskChange) => CrmTask;
};

export function createActivities(clock: Clock, { tell }: Changes): Activities {
  const notes: CrmNote[] = [];
  const tasks = new Map<number, CrmTask>();
  let lastId = 70_000;
  const made = (createdBy: number) => {
    lastId += 1;
    return { id: lastId, createdBy, createdAt: seconds(clock) };
  };
  return {
    notes,
    tasks,
    writeNote(authorId, subject, text) {
      const note = { ...made(authorId), ...subject, text };
      notes.push(note);
      return note;
    },
    writeTask(authorId, { text, responsibleUserId, completeTill, taskTypeId = 1, ...subject }) {
      const task: CrmTask = {
        ...made(authorId),
        ...subject,
        updatedAt: seconds(clock),
        text,
        responsibleUserId,
        completeTill,
        taskTypeId,
        isCompleted: false,
        result: null,
      };
      tasks.set(task.id, task);
      tell({ entity: 'task', record: task, actorId: authorId });
      return task;
    },
    changeTask(actorId, task, change) {
      const before = { ...task };
      Object.assign(task, change, { updatedAt: seconds(clock) });
      tell({ entity: 'task', before, record: task, actorId });
      return task;
    },
  };
}
