/**
 * Pipedrive's token endpoint, which serves all companies. Its documentation is unclear about whether each refresh returns
 * a new refresh token. So a new one is stored if it comes, and otherwise the old one is kept. Tokens are opaque, so the API
 * is asked whose they are.
 */
import * as v from 'valibot';
import { exchange, type Answered, type Bounds } from '../../http/exchange.ts';
import { NotSent, type Fetch } from '../../http/fetch.ts';
import type { CrmAccess, FreshTokens, Integration, TokenAnswer } from '../oauth.ts';
import { companyHost, OAUTH_HOST } from './host.ts';
import { access } from './person.ts';

/** The limits for one request. A caller with several requests limits their total time. */
const BOUNDS: Bounds = { milliseconds: 8_000, bytes: 64_000, unreadable: 'CRM_UNREACHABLE' };
const USER_AGENT = { 'User-Agent': 'crm-chat-roles/1' };
/** How often the API is asked whose a token is. It is repeated because the code is already used up. */
const TIMES_ASKED_WHOSE = 3;

const tokens = v.object({
  access_token: v.string(),
  refresh_token: v.optional(v.string()),
  expires_in: v.pipe(v.number(), v.minValue(1)),
  api_domain: v.pipe(v.string(), v.transform(companyHost), v.nonNullable(v.nullable(v.string()))),
});
const problem = v.object({ error: v.optional(v.string(), ''), message: v.optional(v.string(), '') });
/** Errors in our own request or in the server's configuration. They say nothing about the token. */
const OURS = /client|redirect_uri|grant_type|content-type/i;

const id = v.pipe(v.number(), v.safeInteger(), v.transform(String));
const me = v.object({
  data: v.object({
    id,
    company_id: id,
    company_country: v.nullish(v.string(), null),
    access: v.nullish(v.array(access), []),
  }),
});
export type Me = {
  readonly employeeId: string;
  readonly accountId: string;
  readonly isAdmin: boolean;
  readonly country: string | null;
};

type Grant =
  | { readonly grant_type: 'authorization_code'; readonly code: string; readonly redirect_uri: string }
  | { readonly grant_type: 'refresh_token'; readonly refresh_token: string };
type Issued = Omit<FreshTokens, 'refresh'> & { readonly refresh: string | undefined; readonly host: string };

async function askForTokens(
  fetch: Fetch,
  app: Integration,
  grant: Grant,
  patience: AbortSignal,
): Promise<TokenAnswer<Issued>> {
  let answer: Answered;
  try {
    answer = await exchange(
      fetch,
      `https://${OAUTH_HOST}/oauth/token`,
      {
        method: 'POST',
        headers: {
          ...USER_AGENT,
          'Content-Type': 'application/x-www-form-urlencoded',
          Authorization: `Basic ${Buffer.from(`${app.id}:${app.secret}`).toString('base64')}`,
        },
        body: new URLSearchParams(grant).toString(),
      },
      { ...BOUNDS, patience },
    );
  } catch (error) {
    if (error instanceof NotSent) return { kind: 'later', hint: error.message };
    return { kind: 'unknown', hint: 'The CRM did not answer' };
  }
  const json = v.pipe(v.string(), v.parseJson());
  if (answer.ok) {
    const { success, output } = v.safeParse(v.pipe(json, tokens), answer.text);
    if (!success) return { kind: 'unknown', hint: 'The answer holds no tokens' };
    const { access_token: access, refresh_token: refresh, expires_in: expiresInSeconds } = output;
    return { kind: 'pair', pair: { access, refresh, expiresInSeconds, host: output.api_domain } };
  }
  const refused = v.safeParse(v.pipe(json, problem), answer.text);
  if (!refused.success || answer.status !== 400) return { kind: 'later', hint: `status ${answer.status}` };
  const hint = `${refused.output.error} ${refused.output.message}`.trim().slice(0, 100);
  return { kind: OURS.test(hint) ? 'later' : 'dead', hint };
}

export async function exchangeCode(
  fetch: Fetch,
  app: Integration,
  code: string,
  patience: AbortSignal,
): Promise<TokenAnswer> {
  const given = { grant_type: 'authorization_code', code, redirect_uri: app.redirectUri } as const;
  const answer = await askForTokens(fetch, app, given, patience);
  if (answer.kind !== 'pair') return answer;
  const { refresh, ...issued } = answer.pair;
  if (refresh === undefined) return { kind: 'unknown', hint: 'The answer holds no refresh token' };
  const whose = await meAt(fetch, { host: issued.host, token: issued.access }, patience, TIMES_ASKED_WHOSE);
  if (!whose) return { kind: 'unknown', hint: 'The CRM does not tell whose tokens they are' };
  const { employeeId, accountId, isAdmin } = whose;
  return { kind: 'pair', pair: { ...issued, refresh, employeeId, accountId, isAdmin } };
}

export async function renewTokens(
  fetch: Fetch,
  app: Integration,
  refresh_token: string,
  patience: AbortSignal,
): Promise<TokenAnswer<FreshTokens>> {
  const answer = await askForTokens(fetch, app, { grant_type: 'refresh_token', refresh_token }, patience);
  if (answer.kind !== 'pair') return answer;
  return { kind: 'pair', pair: { ...answer.pair, refresh: answer.pair.refresh ?? refresh_token } };
}

/** The owner of a token and their rights. Null if the CRM does not answer or refuses the token. */
export async function meAt(
  fetch: Fetch,
  { host, token }: CrmAccess,
  patience: AbortSignal,
  times = 1,
): Promise<Me | null> {
  const headers = { ...USER_AGENT, Authorization: `Bearer ${token}` };
  const address = `https://${host}/api/v1/users/me`;
  const answer = await exchange(fetch, address, { headers }, { ...BOUNDS, patience }).catch(() => null);
  const { success, output } = v.safeParse(v.pipe(v.string(), v.parseJson(), me), answer?.text ?? '');
  if (!success || answer?.ok !== true) {
    const isOver = times <= 1 || answer?.status === 401 || patience.aborted;
    return isOver ? null : meAt(fetch, { host, token }, patience, times - 1);
  }
  const { data } = output;
  const country = data.company_country?.toUpperCase() ?? '';
  return {
    employeeId: data.id,
    accountId: data.company_id,
    // An administrator of the whole company. An administrator of deals only does not see everything.
    isAdmin: data.access.some(({ app, admin }) => app === 'global' && admin),
    country: /^[A-Z]{2}$/.test(country) ? country : null,
  };
}
