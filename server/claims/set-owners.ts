/** Gives deals to somebody: all at once first, and one by one when one of them is refused, so that it keeps no other. */
import type { CrmActing } from '../crm/acting.ts';
import type { CrmDeal } from '../crm/deal.ts';
import type { Written } from '../crm/feed.ts';
import type { CrmPerson } from '../crm/person.ts';
import { CrmUnanswered } from '../crm/unanswered.ts';

/** So many requests at most, when a batch was refused. */
const MOST_SINGLY = 20;

export type OwnersSet = {
  readonly written: ReadonlyMap<string, Written>;
  /** Where the CRM answered no more. */
  readonly unanswered: CrmUnanswered | null;
};

/** `read`: those that the person is shown, as they are now. */
export async function setOwners(
  crm: CrmActing,
  person: CrmPerson,
  deals: readonly CrmDeal[],
  toId: string,
  read: (ids: readonly string[]) => Promise<ReadonlyMap<string, CrmDeal>>,
): Promise<OwnersSet> {
  const written = new Map<string, Written>();
  const send = async (batch: readonly CrmDeal[]): Promise<Written> => {
    const ids = batch.map(({ id }) => id);
    const answer = await crm.setOwners(person.id, ids, toId);
    ids.forEach(id => written.set(id, answer));
    return answer;
  };
  let singly = MOST_SINGLY;
  try {
    for (let at = 0; at < deals.length; at += crm.batch) {
      const batch = deals.slice(at, at + crm.batch);
      const answer = await send(batch);
      if (answer === 'done' || batch.length === 1) continue;
      // One that was refused may have kept the others, or not.
      const now = await read(batch.map(({ id }) => id));
      const left = batch.filter(({ id, ownerId }) => now.get(id)?.ownerId === ownerId);
      for (const deal of left.slice(0, singly)) await send([deal]);
      singly -= Math.min(singly, left.length);
    }
  } catch (error) {
    if (!(error instanceof CrmUnanswered)) throw error;
    return { written, unanswered: error };
  }
  return { written, unanswered: null };
}
