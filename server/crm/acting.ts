/**
 * The CRM as one employee of an account: reads deals as they see them, and writes in their name. The CRM may not
 * enforce their rights here, so a caller checks them before it writes (person.ts).
 *
 * Everything throws `CrmUnanswered` if the CRM does not answer.
 */
import type { CrmDeal } from './deal.ts';
import type { CrmFeed, Written } from './feed.ts';
import type { CrmPerson } from './person.ts';

export type CrmActing = CrmFeed & {
  /** Null for a person that the CRM no longer has. */
  readonly person: (id: string) => Promise<CrmPerson | null>;
  /** Null for a deleted contact. */
  readonly contact: (id: string) => Promise<{
    readonly ownerId: string;
    readonly dealIds: readonly string[];
  } | null>;
  /** Those of the deals that this person sees. All of them if `personId` is null, which is the account itself. */
  readonly deals: (personId: string | null, ids: readonly string[]) => Promise<readonly CrmDeal[]>;
  /** How many deals one request of `setOwners` may change. */
  readonly batch: number;
  /** One answer for the whole batch. A refusal may be about one deal, and does not say what happened to the others. */
  readonly setOwners: (personId: string, dealIds: readonly string[], ownerId: string) => Promise<Written>;
};
