/** A contact's notes and tasks, as people read them in its feed. Writing either is not idempotent. */

/** `refused`: the person lacks the right. `failed`: the CRM would not accept it from any person. */
export type Written = 'done' | 'refused' | 'failed';

export type Said = {
  readonly text: string;
  /** Unix seconds by the CRM's clock. */
  readonly at: number;
};
export type CrmTask = Said & {
  readonly id: string;
  /** The contact that the task is about. Null if it is about something else. */
  readonly contactId: string | null;
  readonly forId: string;
  readonly isCompleted: boolean;
};
export type TaskDraft = {
  readonly contactId: string;
  readonly forId: string;
  readonly text: string;
  /** Unix seconds. */
  readonly dueAt: number;
};

export type CrmFeed = {
  /** The newest first. */
  readonly notes: (contactId: string) => Promise<readonly Said[]>;
  readonly addNote: (personId: string, contactId: string, text: string) => Promise<Written>;
  /** Both open and completed tasks. */
  readonly tasks: (contactId: string) => Promise<readonly CrmTask[]>;
  readonly task: (id: string) => Promise<CrmTask | null>;
  readonly addTask: (personId: string, draft: TaskDraft) => Promise<Written>;
  readonly completeTask: (personId: string, taskId: string, result: string) => Promise<Written>;
};
