/**
 * What a seller has decided when they press: it follows once the CRM's log has said that the claim counts. Texts are whole, in
 * the account's language; people stand in them by their ids, as "@[11]", and get their names when the text is written.
 */
import type { DealMove } from './deal.ts';

export type ClaimPlan = {
  /** Null: the deals were not known when the button was pressed. Then those come along that the admin's rules always bring. */
  readonly deals: readonly DealMove[] | null;
  /** For the client's feed; null for none. */
  readonly note: string | null;
  /** For whoever had the client before. */
  readonly task: { readonly forId: string; readonly text: string } | null;
  /** Completes the task by which somebody asked for the client. */
  readonly answer: { readonly taskId: string; readonly text: string } | null;
  /** The press that this one takes back, with everything that followed from it. */
  readonly undoes: string | null;
};
