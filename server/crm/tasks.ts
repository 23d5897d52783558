/** Tasks of an account's administrators, as the server itself writes them: about no client and no deal. Throws `CrmUnavailable`. */
export type CrmTasks = {
  /** Whether somebody still has it to do. */
  readonly isOpen: (id: string) => Promise<boolean>;
  /** One that this employee still has to do and whose text ends like this. */
  readonly findOpen: (employeeId: string, end: string) => Promise<string | null>;
  /** A task of theirs. Answers with its id; null where the CRM does not take it. */
  readonly write: (employeeId: string, text: string, dueAt: Date) => Promise<string | null>;
  /** Makes it due again. */
  readonly remind: (id: string, text: string, dueAt: Date) => Promise<void>;
  readonly complete: (id: string, result: string) => Promise<void>;
};
