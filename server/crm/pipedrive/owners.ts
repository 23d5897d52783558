/**
 * The owner of a person and its changes. Changes that came with hooks cost nothing. The changelog costs 20 tokens of the
 * company's daily budget, so it is read only if the hooks leave a gap.
 */
import * as v from 'valibot';
import type { CrmApi } from '../api.ts';
import type { Crm } from '../crm.ts';
import type { CrmOwners, OwnerEvent } from '../owners.ts';
import { CrmUnavailable, unanswered } from '../unanswered.ts';
import { person } from './clients.ts';
import { id, recordId } from './ids.ts';
import { newsIn, ownerEvent } from './owner-event.ts';
import { user } from './person.ts';
import { readFrom, readingOf } from './reading.ts';
import { moment } from './times.ts';

const PAGE = 100;
/** Enough pages for the changes of one person within some minutes. */
const MOST_PAGES = 5;
/** A hook arrives within this time, unless it is lost. */
const HOOK_SECONDS = 5;
/** The field's name is documented for organizations only (inferred). */
const OWNER = 'owner_id';

const ownerId = v.nullish(id, null);
const row = v.object({
  field_key: v.nullish(v.string(), ''),
  old_value: v.unknown(),
  new_value: v.unknown(),
  actor_user_id: ownerId,
  time: moment,
});
const change = v.object({ ...row.entries, old_value: ownerId, new_value: ownerId });
type Row = v.InferOutput<typeof row>;
const changelog = v.object({
  data: v.nullish(v.array(row), []),
  additional_data: v.nullish(v.object({ next_cursor: v.nullish(v.string()) })),
});

export function ownersOf(
  crm: CrmApi,
  accountId: string,
  { grantOwner, fromHooks, leaving }: Parameters<Crm['owners']>[1],
): CrmOwners {
  const reading = readingOf(crm, accountId, leaving);
  async function read(contactId: string) {
    const path = recordId(contactId);
    const found = path === null ? null : await reading.one(`v2/persons/${path}`, person);
    return found && !found.isDeleted ? found : null;
  }

  async function logged(contactId: string, sinceSeconds: number): Promise<readonly OwnerEvent[]> {
    const rows: Row[] = [];
    let cursor: string | null = null;
    for (let page = 0; page < MOST_PAGES; page += 1) {
      const query = new URLSearchParams({ limit: String(PAGE), ...(cursor !== null && { cursor }) });
      const question = `v1/persons/${contactId}/changelog?${query}`;
      const answer: v.InferOutput<typeof changelog> = readFrom(
        await crm.ask(accountId, question, leaving),
        changelog,
      );
      const found = answer.data ?? [];
      rows.push(...found);
      cursor = answer.additional_data?.next_cursor || null;
      if (cursor === null || isPast(found, sinceSeconds)) break;
    }
    return eventsIn(contactId, rows).filter(({ at }) => at >= sinceSeconds);
  }

  return {
    async ownerOf(contactId) {
      const found = await read(contactId);
      return found && { ownerId: found.ownerId };
    },
    async ownerLog(contactId, sinceSeconds, known) {
      const events = await fromHooks(contactId, Math.floor(sinceSeconds));
      const found = await read(contactId);
      const owner = found?.ownerId ?? null;
      const hooks = newsIn(events, owner, known);
      if (!found || hooks.areAll || known.waitedSeconds < HOOK_SECONDS) return hooks.events;
      const isUntouched = found.updatedAt !== null && found.updatedAt / 1000 < sinceSeconds;
      if (isUntouched) return hooks.events;
      return newsIn(await logged(contactId, sinceSeconds), owner, known).events;
    },
    async writesAs() {
      const employeeId = await grantOwner();
      if (employeeId === null) throw new CrmUnavailable('Nobody lets us into the CRM');
      return employeeId;
    },
    async setOwner(contactId, employeeId) {
      const [path, owner] = [recordId(contactId), recordId(employeeId)];
      if (path === null || owner === null) return false;
      // It is not documented what the API answers for an owner who has left. Pipedrive's own pages do not offer them.
      if ((await reading.one(`v1/users/${owner}`, user))?.isActive !== true) return false;
      const body = { owner_id: Number(owner) };
      const answer = await crm.ask(accountId, { path: `v2/persons/${path}`, method: 'PATCH', body }, leaving);
      if (answer.kind === 'refused') return false;
      if (answer.kind !== 'answered') throw unanswered(answer);
      return true;
    },
  };
}

/**
 * Samples list the newest changes first, but this is not promised. So reading ends early only if a page has that order.
 */
const isPast = (rows: readonly Row[], sinceSeconds: number): boolean =>
  isFalling(rows) && (rows.at(-1)?.time ?? 0) / 1000 < sinceSeconds;

const isFalling = (rows: readonly Row[]): boolean =>
  rows.every(({ time }, at) => at === 0 || time <= (rows[at - 1]?.time ?? time));

/** Rows have no ids. Rows of the same second are assumed to be in the order of the changes. */
function eventsIn(contactId: string, rows: readonly Row[]): readonly OwnerEvent[] {
  const counted = new Map<number, number>();
  return (isFalling(rows) ? rows.toReversed() : rows).flatMap(one => {
    const { success, output } = v.safeParse(change, one);
    if (!success || output.field_key !== OWNER) return [];
    const at = Math.floor(output.time / 1000);
    const place = counted.get(at) ?? 0;
    counted.set(at, Math.min(place + 1, 999));
    const { actor_user_id: by, old_value: before, new_value: after } = output;
    return ownerEvent({ contactId, by, before, after, at, place });
  });
}
