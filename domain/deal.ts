/** A sale in progress. A client may have several, with different people responsible for each. */
export type Deal = {
  readonly id: string;
  readonly name: string;
  readonly ownerId: string | null;
  readonly pipelineId: string;
  readonly stageId: string;
  /** Neither won nor lost. */
  readonly isOpen: boolean;
  /** The address at which a person opens the deal. */
  readonly address: string;
};

/** A deal to move, with its owner at the moment when the seller decided. */
export type DealMove = { readonly id: string; readonly fromId: string | null };
