/**
 * Who became responsible for whom, from the log of each person. It is dear, so it is read for one person at a time and not
 * far. That the newest come first is inferred from the makers' samples; the order of what is answered here is by time.
 */
import { optional, pipe, transform, unknown } from 'valibot';
import { path, type Client } from '../../http/client.ts';
import { words } from '../../http/fields.ts';
import { object } from '../../http/object.ts';
import type { HostRecords, OwnerChange } from '../host.ts';
import { readList } from './wire.ts';

const PAGE = 100;
const MOST_PAGES = 3;
/** What the log calls a person's owner. */
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
  // The log numbers nothing. Two entries that say the same at the same second are one.
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

/** API v1 writes `2025-03-01 10:00:00` and means UTC; whatever names its zone is taken at its word. */
function secondsOf(time: string): number {
  const written = time.trim();
  const hasZone = /(?:Z|[+-]\d\d:?\d\d)$/i.test(written);
  return Math.floor(Date.parse(hasZone ? written : `${written.replace(' ', 'T')}Z`) / 1000);
}
