/** Gives deals to an employee: in batches first, then one by one, so that one refusal does not block the rest. */
import type { CrmActing } from '../crm/acting.ts';
import type { CrmDeal } from '../crm/deal.ts';
import type { Written } from '../crm/feed.ts';
import type { CrmPerson } from '../crm/person.ts';
import { CrmUnanswered } from '../crm/unanswered.ts';

/** The most requests for single deals after batches were refused. */
const MOST_SINGLY = 20;

export type OwnersSet = {
  readonly written: ReadonlyMap<string, Written>;
  /** Set when the CRM stopped answering. */
  readonly unanswered: CrmUnanswered | null;
};

/** `read`: returns the current state of those deals that the person can see. */
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
      // One refused deal may or may not have blocked the others.
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
