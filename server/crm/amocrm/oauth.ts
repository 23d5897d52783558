/**
 * The CRM's token endpoint. It takes JSON and has its own form of errors, which OAuth libraries do not support. A token names
 * its person and its account, and it comes over TLS from the CRM itself.
 */
import { decodeJwt } from 'jose';
import * as v from 'valibot';
import { exchange, type Answered, type Bounds } from '../../http/exchange.ts';
import { NotSent, type Fetch } from '../../http/fetch.ts';
import type { Integration, TokenAnswer, Whereabouts } from '../oauth.ts';
import { accountHost, isApiHost } from './host.ts';

type Asked =
  | { readonly grant_type: 'authorization_code'; readonly code: string }
  | { readonly grant_type: 'refresh_token'; readonly refresh_token: string };

/** For one request. A caller with several requests limits their total time. */
const BOUNDS: Bounds = { milliseconds: 8_000, bytes: 64_000, unreadable: 'CRM_UNREACHABLE' };

const tokens = v.object({
  access_token: v.string(),
  refresh_token: v.string(),
  expires_in: v.pipe(v.number(), v.minValue(1)),
});
const id = v.pipe(v.union([v.string(), v.number()]), v.transform(String), v.nonEmpty());
/** As seen in captured tokens. The documentation only says that a token names its user and its account. */
const claims = v.object({ sub: id, account_id: id });
const problem = v.object({ hint: v.optional(v.string(), ''), status: v.optional(v.number()) });
const named = v.object({ api_domain: v.pipe(v.string(), v.check(isApiHost)) });
const whereabouts = v.object({ id, domain: v.string() });
const HEADERS = { 'User-Agent': 'crm-chat-roles/1' };

export async function askForTokens(
  fetch: Fetch,
  host: string,
  { id: client_id, secret: client_secret, redirectUri: redirect_uri }: Integration,
  grant: Asked,
  patience: AbortSignal,
): Promise<TokenAnswer> {
  let answer: Answered;
  try {
    answer = await exchange(
      fetch,
      `https://${host}/oauth2/access_token`,
      {
        method: 'POST',
        headers: { ...HEADERS, 'Content-Type': 'application/json' },
        body: JSON.stringify({ client_id, client_secret, redirect_uri, ...grant }),
      },
      { ...BOUNDS, patience },
    );
  } catch (error) {
    if (error instanceof NotSent) return { kind: 'later', hint: error.message };
    return { kind: 'unknown', hint: 'The CRM did not answer' };
  }
  if (answer.ok) return pairIn(answer.text);
  const refused = v.safeParse(v.pipe(v.string(), v.parseJson(), problem), answer.text);
  // A page in place of JSON comes from a proxy in front of the CRM, and says nothing about the token.
  const isTold = refused.success && answer.status >= 400 && answer.status < 500 && answer.status !== 429;
  if (isTold) return { kind: 'dead', hint: refused.output.hint.slice(0, 100) };
  return { kind: 'later', hint: `status ${answer.status}` };
}

/** The account's host now. Its old host does not answer any more once the account was renamed. */
export async function whereNow(
  fetch: Fetch,
  { access, refresh }: { readonly access: string; readonly refresh: string },
  accountId: string,
  patience: AbortSignal,
): Promise<Whereabouts> {
  const api = v.safeParse(named, payloadOf(access));
  if (!api.success) return { kind: 'gone' };
  try {
    const answer = await exchange(
      fetch,
      `https://${api.output.api_domain}/oauth2/account/current/subdomain`,
      { headers: { ...HEADERS, 'X-Refresh-Token': refresh } },
      { ...BOUNDS, patience },
    );
    if (answer.status === 401) return { kind: 'gone' };
    const found = v.safeParse(v.pipe(v.string(), v.parseJson(), whereabouts), answer.text);
    const host = found.success && found.output.id === accountId ? accountHost(found.output.domain) : null;
    return host === null ? { kind: 'unknown' } : { kind: 'at', host };
  } catch {
    return { kind: 'unknown' };
  }
}

function pairIn(text: string): TokenAnswer {
  const answered = v.safeParse(v.pipe(v.string(), v.parseJson(), tokens), text);
  if (!answered.success) return { kind: 'unknown', hint: 'The answer holds no tokens' };
  const { access_token: access, refresh_token: refresh, expires_in: expiresInSeconds } = answered.output;
  const claimed = v.safeParse(claims, payloadOf(access));
  if (!claimed.success) return { kind: 'unknown', hint: 'The token names no account' };
  const { sub: employeeId, account_id: accountId } = claimed.output;
  return { kind: 'pair', pair: { access, refresh, expiresInSeconds, employeeId, accountId } };
}

/** Whose long-lived token this is, and until when it is valid; null where it does not say. */
export function personIn(
  token: string,
): { readonly employeeId: string; readonly accountId: string; readonly expiresAt: Date } | null {
  const { success, output } = v.safeParse(v.object({ ...claims.entries, exp: v.number() }), payloadOf(token));
  if (!success) return null;
  return { employeeId: output.sub, accountId: output.account_id, expiresAt: new Date(output.exp * 1000) };
}

/** Not verified: we have no key of the CRM. */
function payloadOf(token: string): unknown {
  try {
    return decodeJwt(token);
  } catch {
    return null;
  }
}
