/**
 * Pipedrive has no log of all owners, so this names what has changed in any way since then. It costs the same however many
 * clients there are. Whether the lists name what was deleted is not documented: whoever looks at a name finds out, and the
 * comparison of everything finds what was not named (follow/check.ts). Archived deals are left to hooks and to the comparison.
 */
import * as v from 'valibot';
import type { CrmApi } from '../api.ts';
import type { CrmChanges } from '../changes.ts';
import { id } from './ids.ts';
import { readingOf } from './reading.ts';
import { rfc3339 } from './times.ts';

/** A look costs twenty tokens of the company's day, and hooks tell nearly everything sooner. */
const EVERY_SECONDS = 30 * 60;
const LISTS = [
  ['contact', 'v2/persons'],
  ['deal', 'v2/deals'],
] as const;

const named = v.object({ id });

export const changesThrough = (crm: CrmApi): CrmChanges => ({
  everySeconds: EVERY_SECONDS,
  async *since(accountId, sinceSeconds, leaving) {
    const { all } = readingOf(crm, accountId, leaving);
    const filter = { updated_since: rfc3339(sinceSeconds), sort_by: 'update_time' };
    for (const [kind, list] of LISTS)
      for await (const page of all(list, filter, named)) yield page.map(one => `${kind} ${one.id}`);
  },
});
