/** An employee with their rights, as the CRM tells its administrators. */

/** A: all, G: their group's, M: only where they are responsible, D: denied. */
export type Letter = 'A' | 'G' | 'M' | 'D';
export type CrmRight = { readonly view: Letter; readonly edit: Letter };
export type CrmPerson = {
  readonly id: string;
  readonly name: string;
  readonly active: boolean;
  readonly isAdmin: boolean;
  /** The CRM lets nobody act as a user of its free plan. */
  readonly isFree: boolean;
  /** Null: the group that every account has. */
  readonly groupId: string | null;
  readonly contacts: CrmRight;
  readonly deals: CrmRight;
  readonly tasks: { readonly edit: Letter };
  /** Rights of their own for deals in some stages. */
  readonly stages: readonly (CrmRight & { readonly pipelineId: string; readonly stageId: string })[];
};
