/**
 * Changes of owners, from the change log of each person. The log is expensive to read, so only a few of its pages are
 * read, for one person at a time. That the newest entries come first is inferred from the vendor's samples. The ids made
 * here sort by time.
 */
import { optional, pipe, transform, unknown } from 'valibot';
import { path, type Client } from '../../http/client.ts';
import { words } from '../../http/fields.ts';
import { object } from '../../http/object.ts';
import type { HostRecords, OwnerChange } from '../host.ts';
import { readList } from './wire.ts';

const PAGE = 100;
const MOST_PAGES = 3;
/** The log's name for the owner of a person. */
const OWNER = 'owner_id';

const change = pipe(
  object({
    field_key: words,
    old_value: words,
    new_value: words,
    actor_user_id: words,
    time: words,
    is_bulk_update_flag: optional(unknown()),
  }),
  // Log entries have no ids. Equal entries of the same second count as one.
  transform(one => ({ ...one, id: [one.time, one.field_key, one.old_value, one.new_value].join(' ') })),
);

export const ownerChangesThrough = (ask: Client): Pick<HostRecords, 'ownerChangesOf'> => ({
  async ownerChangesOf(contactIds, unixSeconds, signal) {
    const changes: OwnerChange[] = [];
    for (const contactId of new Set(contactIds)) {
      const asked = { path: path`/v1/persons/${contactId}/changelog`, query: { limit: PAGE }, signal };
      const { items } = await readList(ask, change, asked, MOST_PAGES, part =>
        part.some(({ time }) => secondsOf(time) < unixSeconds),
      );
      for (const one of items) {
        const at = secondsOf(one.time);
        if (one.field_key !== OWNER || !(at >= unixSeconds)) continue;
        changes.push({
          id: `${new Date(at * 1000).toISOString()} ${contactId} ${one.old_value} ${one.new_value}`,
          contactId,
          at,
          by: one.actor_user_id || null,
          before: one.old_value || null,
          after: one.new_value || null,
        });
      }
    }
    return changes;
  },
});

/** API v1 writes `2025-03-01 10:00:00` for a time in UTC. If a time names its zone, that zone is used. */
function secondsOf(time: string): number {
  const written = time.trim();
  const hasZone = /(?:Z|[+-]\d\d:?\d\d)$/i.test(written);
  return Math.floor(Date.parse(hasZone ? written : `${written.replace(' ', 'T')}Z`) / 1000);
}
