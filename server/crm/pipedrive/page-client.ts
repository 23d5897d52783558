/** The client on whose page, or on whose deal's page, a person is. */
import * as v from 'valibot';
import { Refused } from '../../http/refusal.ts';
import type { AskPlainly, Framed, FramedClient } from '../framed.ts';

/** The same on every plan; what the other numbers mean depends on it. */
const OWNER_AND_FOLLOWERS = 1;

const id = v.pipe(v.union([v.number(), v.string()]), v.transform(String));
const person = v.object({
  data: v.object({
    id,
    name: v.nullish(v.string(), ''),
    owner_id: id,
    visible_to: v.nullish(v.number(), null),
    phones: v.nullish(v.array(v.object({ value: v.nullish(v.string(), '') })), []),
    is_deleted: v.nullish(v.boolean(), false),
  }),
});
const deal = v.object({
  data: v.object({ person_id: v.nullish(id, null), is_deleted: v.nullish(v.boolean(), false) }),
});

export async function clientOn(ask: AskPlainly, framed: Framed): Promise<FramedClient | null> {
  const dealId = framed.resource === 'deal' ? framed.id : null;
  const found = dealId === null ? null : await read(ask, `v2/deals/${dealId}`, deal);
  if (dealId !== null && (!found || found.data.is_deleted)) return null;
  const contactId = dealId === null ? framed.id : (found?.data.person_id ?? null);
  if (contactId === null) return dealId === null ? null : { contactId, dealId };
  const data = (await read(ask, `v2/persons/${contactId}`, person))?.data;
  if (!data || data.is_deleted) return null;
  return {
    contactId: data.id,
    dealId,
    name: data.name ?? '',
    ownerId: data.owner_id,
    isOwnersAlone: data.visible_to === OWNER_AND_FOLLOWERS,
    phones: (data.phones ?? []).flatMap(({ value }) => value || []),
    dealIds: dealId === null ? [] : [dealId],
  };
}

/** Null where there is nothing, or nothing for them. */
async function read<S extends v.GenericSchema>(
  ask: AskPlainly,
  path: string,
  schema: S,
): Promise<v.InferOutput<S> | null> {
  const { status, json } = await ask({ path });
  if (status === 403 || status === 404) return null;
  const { success, output } = v.safeParse(schema, json);
  if (!success) throw new Refused('CRM_UNREACHABLE');
  return output;
}
