/**
 * Tasks that the server writes for an account's administrators. They are not about a client or a deal. Throws
 * `CrmUnavailable`.
 */
export type CrmTasks = {
  /** Whether the task is still open. */
  readonly isOpen: (id: string) => Promise<boolean>;
  /** An open task of this employee whose text ends like this. */
  readonly findOpen: (employeeId: string, end: string) => Promise<string | null>;
  /** Writes a task for this employee and returns its id. Null if the CRM refuses. */
  readonly write: (employeeId: string, text: string, dueAt: Date) => Promise<string | null>;
  /** Makes it due again. */
  readonly remind: (id: string, text: string, dueAt: Date) => Promise<void>;
  readonly complete: (id: string, result: string) => Promise<void>;
};
