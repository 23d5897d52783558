/**
 * `POST /clients/changed`: a page says which client has changed hands. Nothing that it says is written anywhere: the server
 * looks at the client in the CRM, and answers with what the chat service knows of them then.
 *
 * A client whom the chat service does not know yet is sent there only for somebody to whom the CRM shows them and who may
 * answer clients; for a known one a hint does no harm. Whoever may not see the client learns nothing of them.
 */
import type { Context } from 'hono';
import * as v from 'valibot';
import { isAdmin } from '../call.ts';
import type { CallEnv } from './config.ts';
import { namedId } from '../http/named-id.ts';
import type { CrmRecords } from '../crm/records.ts';
import type { CopyName, Followed } from '../chat/copy.ts';
import { bodyOf } from '../http/body.ts';
import { Refused } from '../http/refusal.ts';
import { mayAnswerClients } from './settings.ts';

const MOST_DEALS = 50;

const changed = v.strictObject({
  contact: namedId,
  deals: v.optional(v.pipe(v.array(namedId), v.maxLength(MOST_DEALS)), []),
});

export async function clientChanged({ env, req }: Context<CallEnv>): Promise<Response> {
  const { contact, deals } = await bodyOf(req.raw, changed);
  const followed = await lookedAt(env, contact, deals);
  return followed ? Response.json(followed) : new Response(null, { status: 202 });
}

/** Null when it takes longer than the caller waits. */
export async function lookedAt(
  { caller, config }: CallEnv['Bindings'],
  contact: string,
  deals: readonly string[],
): Promise<Followed | null> {
  const { follow } = config;
  if (!follow) throw new Refused('ROUTE_UNKNOWN');
  if (config.wazzup.keyKind === 'sidecar') throw new Refused('KEY_TOO_WEAK');
  const name: CopyName = `contact ${contact}`;
  const records = isAdmin(caller, config) ? null : (config.records ?? null);
  const isKnown = await follow.knows(name);
  if (records && !(await records.seenBy(caller.employeeId, 'contacts', contact))) {
    if (isKnown) await follow.hint(name);
    throw new Refused('NOT_SEEN');
  }
  if (!isKnown) {
    if (!isAdmin(caller, config) && !(await mayAnswerClients(caller.employeeId, config)))
      throw new Refused('ROLE_REQUIRED');
    await follow.adopt(name);
  }
  const { patience } = config;
  const followed = await follow.now(name, patience);
  for (const deal of await dealsOf(contact, deals, { records, employeeId: caller.employeeId })) {
    await follow.adopt(deal);
    await follow.now(deal, patience);
  }
  return followed;
}

/** Of those that the page names: the client's, as far as the CRM shows them to whoever asks. */
async function dealsOf(
  contact: string,
  deals: readonly string[],
  { records, employeeId }: { readonly records: CrmRecords | null; readonly employeeId: string },
): Promise<readonly CopyName[]> {
  const seen = await Promise.all(
    deals.map(async deal => {
      const isTheirs =
        !records || (await records.seenBy(employeeId, 'deals', deal))?.contactIds.includes(contact);
      return isTheirs ? [`deal ${deal}` as const] : [];
    }),
  );
  return seen.flat();
}
