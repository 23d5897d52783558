/** A sale in progress. A client may have several, with different people responsible for each. */
export type Deal = {
  readonly id: string;
  readonly name: string;
  readonly ownerId: string | null;
  readonly pipelineId: string;
  readonly stageId: string;
  /** Neither won nor lost. */
  readonly isOpen: boolean;
  /** Where a person opens it. */
  readonly address: string;
};

/** A deal and who was responsible for it when the seller decided. */
export type DealMove = { readonly id: string; readonly fromId: string | null };
