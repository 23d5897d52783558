/**
 * `POST /clients/changed`: a page reports that a client has changed hands. Nothing from the request body is written anywhere:
 * the server reads the client from the CRM and answers with what the chat service then knows about them.
 *
 * A client that the chat service does not know yet is sent there only for an employee who may see them in the CRM and may
 * answer clients. For a known client a hint does no harm. An employee who may not see the client learns nothing about them.
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

/** Null when the answer takes longer than the caller waits. */
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

/** Of the deals that the page names: those of this client that the employee may see in the CRM. */
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
