/** A deal as one of an account's people sees it. */
export type CrmDeal = {
  readonly id: string;
  readonly name: string;
  readonly ownerId: string;
  readonly pipelineId: string;
  readonly stageId: string;
  readonly isOpen: boolean;
};
