/**
 * Pipedrive has no log of the owners of all records, so this lists all records that have changed in any way. The cost does
 * not depend on the number of clients. It is not documented whether the lists include deleted records. If they do, the
 * deletion is noticed when the record is read. If not, the check of all clients finds it (follow/check.ts). Archived deals
 * are left to hooks and to that check.
 */
import * as v from 'valibot';
import type { CrmApi } from '../api.ts';
import type { Changed, CrmChanges } from '../changes.ts';
import { id } from './ids.ts';
import { readingOf } from './reading.ts';
import { moment, rfc3339 } from './times.ts';

/** Each time costs 20 tokens of the company's daily budget, and hooks report nearly all changes earlier. */
const EVERY_SECONDS = 30 * 60;

const named = v.object({ id });
const owned = v.object({
  id,
  owner_id: v.nullish(id, null),
  update_time: v.fallback(v.nullish(moment, null), null),
});

export const changesThrough = (crm: CrmApi): CrmChanges => ({
  everySeconds: EVERY_SECONDS,
  async *since(accountId, sinceSeconds, leaving) {
    const { all } = readingOf(crm, accountId, leaving);
    const filter = { updated_since: rfc3339(sinceSeconds), sort_by: 'update_time' };
    for await (const page of all('v2/persons', filter, owned))
      yield page.map(one => ({ name: `contact ${one.id}`, owner: ownerIn(one) }));
    for await (const page of all('v2/deals', filter, named))
      yield page.map(one => ({ name: `deal ${one.id}`, owner: null }));
  },
});

const ownerIn = ({ owner_id, update_time }: v.InferOutput<typeof owned>): Changed['owner'] =>
  owner_id === null
    ? null
    : { id: owner_id, at: update_time === null ? null : Math.floor(update_time / 1000) };
