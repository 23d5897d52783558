/**
 * The CRM as one of an account's people: reads deals as they are shown to them, and writes in their name. That the CRM keeps to
 * their rights is not taken for granted: whoever writes has asked them before (person.ts).
 *
 * Everything throws `CrmUnanswered` where nobody can tell now.
 */
import type { CrmDeal } from './deal.ts';
import type { CrmFeed, Written } from './feed.ts';
import type { CrmPerson } from './person.ts';

export type CrmActing = CrmFeed & {
  /** Null for one whom the CRM does not know any more. */
  readonly person: (id: string) => Promise<CrmPerson | null>;
  /** Null for one that was deleted. */
  readonly contact: (id: string) => Promise<{
    readonly ownerId: string;
    readonly dealIds: readonly string[];
  } | null>;
  /** Those of the deals that this person is shown; all of them for the account itself, which is null. */
  readonly deals: (personId: string | null, ids: readonly string[]) => Promise<readonly CrmDeal[]>;
  /** So many deals at most are given away with one request. */
  readonly batch: number;
  /** One answer stands for the whole batch: a refusal may be about one deal, and leaves open what became of the others. */
  readonly setOwners: (personId: string, dealIds: readonly string[], ownerId: string) => Promise<Written>;
};
