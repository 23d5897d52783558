/**
 * The service's OAuth for partners (v2). What an administrator allows there makes it possible to write roles, which no key that
 * people can copy does. The token endpoint requires the login of the partner's own cabinet, not a secret of the integration.
 *
 * Read in the vendor's pages and in three clients. Three points are unverified and are decided only here: tokens may also be
 * next to `data` (one client reads them there), a 400 means that a code or refresh token is no longer valid, and a renewal
 * without a new refresh token leaves the old one valid.
 */
import { base64url } from 'jose';
import * as v from 'valibot';
import { exchange, type Answered, type Bounds } from '../../../http/exchange.ts';
import { NotSent, type Fetch } from '../../../http/fetch.ts';

/** As issued by the service's manager. */
export type Partner = { readonly clientId: string; readonly email: string; readonly password: string };

export type PartnerTokens = {
  readonly access: string;
  /** Null: the refresh token that was sent stays valid. */
  readonly refresh: string | null;
  readonly expiresInSeconds: number;
};
/**
 * As for the CRM's tokens: a `dead` token will never be accepted, after `later` it may still be valid, after `unknown` it may
 * be spent.
 */
export type PartnerAnswer =
  | { readonly kind: 'tokens'; readonly tokens: PartnerTokens }
  | { readonly kind: 'dead' | 'later' | 'unknown' };

export type PartnerAsked =
  | { readonly code: string; readonly redirectUri: string; readonly verifier: string }
  | { readonly refresh: string };

const BOUNDS: Bounds = { milliseconds: 8_000, bytes: 64_000, unreadable: 'SERVICE_UNREADABLE' };
const SCOPE = 'transport,crm';
/** The lifetime of an access token when the answer does not say. */
const DOCUMENTED_SECONDS = 3600;

const tokens = v.object({
  access_token: v.pipe(v.string(), v.nonEmpty()),
  refresh_token: v.optional(v.pipe(v.string(), v.nonEmpty())),
  expires_in: v.optional(v.pipe(v.number(), v.minValue(1)), DOCUMENTED_SECONDS),
});
const answered = v.pipe(v.string(), v.parseJson(), v.union([v.object({ data: tokens }), tokens]));

/**
 * The page on which an administrator consents. It receives the digest of the verifier; only the token endpoint receives the
 * verifier itself.
 */
export async function consentAddress(
  host: string,
  { clientId }: Partner,
  { redirectUri, state, verifier }: Readonly<Record<'redirectUri' | 'state' | 'verifier', string>>,
): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier));
  const address = new URL('/v2/oauth/authorize', host);
  const query = {
    response_type: 'code',
    client_id: clientId,
    redirect_uri: redirectUri,
    scope: SCOPE,
    state,
    code_challenge: base64url.encode(new Uint8Array(digest)),
    code_challenge_method: 'S256',
  };
  address.search = new URLSearchParams(query).toString();
  return address.href;
}

export async function askForPartnerTokens(
  { fetch, host, patience }: { readonly fetch: Fetch; readonly host: string; readonly patience: AbortSignal },
  { clientId: client_id, email, password }: Partner,
  asked: PartnerAsked,
): Promise<PartnerAnswer> {
  const body =
    'code' in asked
      ? {
          grant_type: 'authorization_code',
          authorize_code_data: {
            code: asked.code,
            redirect_uri: asked.redirectUri,
            client_id,
            code_verifier: asked.verifier,
          },
        }
      : {
          grant_type: 'refresh_token',
          refresh_token_data: { refresh_token: asked.refresh, client_id },
        };
  let answer: Answered;
  try {
    answer = await exchange(
      fetch,
      `${host}/v2/oauth/token`,
      {
        method: 'POST',
        headers: {
          Authorization: `Basic ${Buffer.from(`${email}:${password}`).toString('base64')}`,
          'Content-Type': 'application/json',
        },
        body: JSON.stringify(body),
      },
      { ...BOUNDS, patience },
    );
  } catch (error) {
    return { kind: error instanceof NotSent ? 'later' : 'unknown' };
  }
  // A 401 is about the partner's own password. No account's grant ends because that password was changed.
  if (!answer.ok) return { kind: answer.status === 400 ? 'dead' : 'later' };
  const { success, output } = v.safeParse(answered, answer.text);
  if (!success) return { kind: 'unknown' };
  const { access_token, refresh_token = null, expires_in } = 'data' in output ? output.data : output;
  return {
    kind: 'tokens',
    tokens: { access: access_token, refresh: refresh_token, expiresInSeconds: expires_in },
  };
}
