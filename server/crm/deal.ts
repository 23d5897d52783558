/** A deal as it is shown to one of an account's people. */
export type CrmDeal = {
  readonly id: string;
  readonly name: string;
  readonly ownerId: string;
  readonly pipelineId: string;
  readonly stageId: string;
  readonly isOpen: boolean;
};
