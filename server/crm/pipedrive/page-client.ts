/** The client of a person's or a deal's page. Reading costs one token for each record. */
import * as v from 'valibot';
import { Refused } from '../../http/refusal.ts';
import type { AskPlainly, Framed, FramedClient, FramedContact } from '../framed.ts';

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
  data: v.object({
    person_id: v.nullish(id, null),
    participants_count: v.nullish(v.number(), null),
    is_deleted: v.nullish(v.boolean(), false),
  }),
});

export async function clientOn(ask: AskPlainly, framed: Framed): Promise<FramedClient | null> {
  if (framed.resource === 'person')
    return contactOn(ask, framed.id, { dealId: framed.deal ?? null, hasOthers: framed.deal !== undefined });
  const dealId = framed.id;
  const found = await read(ask, `v2/deals/${dealId}?include_fields=participants_count`, deal);
  if (!found || found.data.is_deleted) return null;
  const { person_id: contactId, participants_count: count } = found.data;
  // Samples count the main person as a participant (inferred). Without a count, there may be others.
  const hasOthers = count === null || count > (contactId === null ? 0 : 1);
  const main = contactId === null ? null : await contactOn(ask, contactId, { dealId, hasOthers });
  return main ?? (contactId === null || hasOthers ? { contactId: null, dealId, hasOthers } : null);
}

async function contactOn(
  ask: AskPlainly,
  contactId: string,
  { dealId, hasOthers }: Pick<FramedContact, 'dealId' | 'hasOthers'>,
): Promise<FramedContact | null> {
  const data = (await read(ask, `v2/persons/${contactId}`, person))?.data;
  if (!data || data.is_deleted) return null;
  return {
    contactId: data.id,
    dealId,
    hasOthers,
    name: data.name ?? '',
    ownerId: data.owner_id,
    visibleTo: data.visible_to ?? null,
    phones: (data.phones ?? []).flatMap(({ value }) => value || []),
    dealIds: dealId === null ? [] : [dealId],
  };
}

/** Null if the record does not exist, or if this person may not see it. */
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
