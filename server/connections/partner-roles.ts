/**
 * Reads and writes an account's roles through the partner API. Requests and answers have the form of the older API, so callers
 * need not know which of the two is used.
 */
import { exchange, Late, type Answered } from '../http/exchange.ts';
import type { Fetch } from '../http/fetch.ts';
import { Refused, refusal } from '../http/refusal.ts';
import type { PartnerAccess, PartnerGrants } from './partner-grant.ts';
import { settingsForPartner, settingsFromPartner } from '../chat/wazzup/partner/settings-wire.ts';

export type RolesAsked =
  | { readonly method: 'GET' }
  /** The body has the older API's form. */
  | { readonly method: 'PATCH'; readonly body: string };
/** Null when there is no grant any more: the caller falls back to the account's key. */
export type RolesThrough = (asked: RolesAsked, patience: AbortSignal) => Promise<Response | null>;

const PATIENCE_MILLISECONDS = 15_000;
const LIMIT_BYTES = 16_000_000;

/** Sends one request with one token. */
export async function askPartnerSettings(
  { fetch, host, patience }: { readonly fetch: Fetch; readonly host: string; readonly patience: AbortSignal },
  token: string,
  asked: RolesAsked,
): Promise<Answered> {
  return exchange(
    fetch,
    `${host}/v2/settings`,
    {
      method: asked.method,
      headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
      ...(asked.method === 'PATCH' && { body: JSON.stringify(settingsForPartner(asked.body)) }),
    },
    {
      milliseconds: PATIENCE_MILLISECONDS,
      bytes: LIMIT_BYTES,
      unreadable: 'SERVICE_UNREADABLE',
      patience,
    },
  );
}

export const rolesThroughPartner =
  (
    given: { readonly fetch: Fetch; readonly host: string; readonly grants: PartnerGrants },
    accountId: string,
  ): RolesThrough =>
  async (asked, patience) => {
    const { grants, ...to } = given;
    const withToken = (token: string): Promise<Answered> =>
      askPartnerSettings({ ...to, patience }, token, asked);
    try {
      let access: PartnerAccess = await grants.access(accountId, patience);
      if (access.kind === 'none') return null;
      if (access.kind === 'later') return refusal('SERVICE_UNREACHABLE');
      let answer = await withToken(access.token);
      if (answer.status === 401) {
        // A 401 means that nothing was done, so the request may be sent again.
        access = await grants.anew(accountId, access.token, patience);
        if (access.kind === 'none') return null;
        if (access.kind === 'later') return refusal('SERVICE_UNREACHABLE');
        answer = await withToken(access.token);
        if (answer.status === 401) {
          await grants.end(accountId);
          return null;
        }
      }
      return passedOn(asked, answer);
    } catch (error) {
      if (error instanceof Refused) return error.answer;
      return refusal(error instanceof Late ? 'SERVICE_TIMEOUT' : 'SERVICE_UNREACHABLE');
    }
  };

function passedOn({ method }: RolesAsked, { ok, status, text }: Answered): Response {
  // The service's errors quote the request, so the page gets only the status.
  if (!ok) return status === 403 ? refusal('KEY_TOO_WEAK') : new Response(null, { status });
  if (method === 'PATCH') return new Response(null, { status });
  const settings = settingsFromPartner(text);
  return settings === null ? refusal('SERVICE_UNREADABLE') : Response.json(settings);
}
