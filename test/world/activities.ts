/** Notes and tasks of contacts and deals. Who may write them is the account's business, not theirs. */
import { seconds, type Clock } from './clock.ts';

export type Subject = { readonly entityType: 'contacts' | 'leads'; readonly entityId: number };

export type CrmNote = Subject & {
  readonly id: number;
  readonly createdBy: number;
  readonly createdAt: number;
  readonly text: string;
};

export type CrmTask = Subject & {
  readonly id: number;
  readonly createdBy: number;
  readonly createdAt: number;
  updatedAt: number;
  text: string;
  responsibleUserId: number;
  /** Whole seconds, as the other times here. */
  completeTill: number;
  readonly taskTypeId: number;
  isCompleted: boolean;
  /** What came of it; null as long as nobody said. */
  result: string | null;
};

export type TaskDraft = Subject &
  Pick<CrmTask, 'text' | 'responsibleUserId' | 'completeTill'> & { readonly taskTypeId?: number };
export type TaskChange = Partial<
  Pick<CrmTask, 'text' | 'responsibleUserId' | 'completeTill' | 'isCompleted'> & { result: string }
>;

export type Activities = {
  readonly notes: CrmNote[];
  readonly tasks: Map<number, CrmTask>;
  readonly writeNote: (authorId: number, subject: Subject, text: string) => CrmNote;
  readonly writeTask: (authorId: number, draft: TaskDraft) => CrmTask;
  readonly changeTask: (task: CrmTask, change: TaskChange) => CrmTask;
};

export function createActivities(clock: Clock): Activities {
  const notes: CrmNote[] = [];
  const tasks = new Map<number, CrmTask>();
  let lastId = 70_000;
  const made = ({ entityType, entityId }: Subject, createdBy: number) => {
    lastId += 1;
    return { id: lastId, entityType, entityId, createdBy, createdAt: seconds(clock) };
  };
  return {
    notes,
    tasks,
    writeNote(authorId, subject, text) {
      const note = { ...made(subject, authorId), text };
      notes.push(note);
      return note;
    },
    writeTask(authorId, { text, responsibleUserId, completeTill, taskTypeId = 1, ...subject }) {
      const task: CrmTask = {
        ...made(subject, authorId),
        updatedAt: seconds(clock),
        text,
        responsibleUserId,
        completeTill,
        taskTypeId,
        isCompleted: false,
        result: null,
      };
      tasks.set(task.id, task);
      return task;
    },
    changeTask: (task, change) => Object.assign(task, change, { updatedAt: seconds(clock) }),
  };
}
