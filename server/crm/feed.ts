/** What people read about a contact in its feed: notes, and tasks that wait for somebody. Neither is idempotent. */

/** `refused`: they may not. `failed`: the CRM does not take it from anybody. */
export type Written = 'done' | 'refused' | 'failed';

export type Said = {
  readonly text: string;
  /** Unix seconds by the CRM's clock. */
  readonly at: number;
};
export type CrmTask = Said & {
  readonly id: string;
  /** The contact that it is about; null for one about something else. */
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
  /** Open and completed ones. */
  readonly tasks: (contactId: string) => Promise<readonly CrmTask[]>;
  readonly task: (id: string) => Promise<CrmTask | null>;
  readonly addTask: (personId: string, draft: TaskDraft) => Promise<Written>;
  readonly completeTask: (personId: string, taskId: string, result: string) => Promise<Written>;
};
