/**
 * What the seller decided when they pressed the button. The server carries it out once the CRM's log confirms that the
 * claim counts. Texts are complete and in the account's language. They mention people by id, as in "@[11]"; names are
 * filled in when the text is written.
 */
import type { DealMove } from './deal.ts';

export type ClaimPlan = {
  /**
   * `null` if the deals were unknown when the button was pressed. Then only the deals that the admin's rules always
   * include are moved.
   */
  readonly deals: readonly DealMove[] | null;
  /** The note for the client's feed; `null` for none. */
  readonly note: string | null;
  /** The task for the client's previous owner. */
  readonly task: { readonly forId: string; readonly text: string } | null;
  /** Completes the task in which a colleague asked for the client. */
  readonly answer: { readonly taskId: string; readonly text: string } | null;
  /** The press that this one undoes, together with everything that followed from it. */
  readonly undoes: string | null;
};
