/**
 * Reads the body of a Pipedrive hook. Its ids are strings, its times used to be numbers. `previous` contains either only
 * the changed fields or all fields, because the documentation contradicts itself. What cannot be read is ignored.
 */
import * as v from 'valibot';
import type { HookBody } from '../hooks.ts';
import { id, strictId } from './ids.ts';
import { ownerEvent } from './owner-event.ts';
import { moment } from './times.ts';

const mergedId = v.fallback(v.nullish(strictId, null), null);
const hook = v.object({
  meta: v.object({
    entity: v.string(),
    entity_id: strictId,
    company_id: v.nullish(id, null),
    user_id: v.fallback(v.nullish(strictId, null), null),
    timestamp: v.fallback(v.nullish(moment, null), null),
    merged_to_id: mergedId,
    merged_from_id: mergedId,
  }),
  data: v.unknown(),
  previous: v.unknown(),
});
const owned = v.object({ owner_id: strictId });

const KINDS: Readonly<Record<string, string>> = { person: 'contact', deal: 'deal' };
const NOTHING: HookBody = { names: [], employees: [], changes: [], accountId: null };

export function hookBodyIn(text: string): HookBody {
  const { success, output } = v.safeParse(v.pipe(v.string(), v.parseJson(), hook), text);
  if (!success) return NOTHING;
  const { meta } = output;
  const accountId = meta.company_id ?? null;
  if (meta.entity === 'user') return { ...NOTHING, employees: [meta.entity_id], accountId };
  const kind = Object.hasOwn(KINDS, meta.entity) ? KINDS[meta.entity] : undefined;
  if (kind === undefined) return { ...NOTHING, accountId };
  // After a merge one of the two is gone, and the other has its phones and deals. Both are reported.
  const ids = [meta.entity_id, meta.merged_to_id, meta.merged_from_id].filter(one => one !== null);
  const names = [...new Set(ids)].map(one => `${kind} ${one}`);
  return { names, employees: [], changes: kind === 'contact' ? changesIn(output) : [], accountId };
}

/** A created person has no `previous`, and a deleted one no `data`. Neither is a change of owner. */
function changesIn({ meta, data, previous }: v.InferOutput<typeof hook>): HookBody['changes'] {
  const [now, before] = [v.safeParse(owned, data), v.safeParse(owned, previous)];
  if (!now.success || !before.success || meta.timestamp === null) return [];
  if (now.output.owner_id === before.output.owner_id) return [];
  const event = ownerEvent({
    contactId: meta.entity_id,
    by: meta.user_id,
    before: before.output.owner_id,
    after: now.output.owner_id,
    at: Math.floor(meta.timestamp / 1000),
    // A repeated hook has the same time to the millisecond.
    place: meta.timestamp % 1000,
  });
  return [{ contactId: meta.entity_id, event }];
}
