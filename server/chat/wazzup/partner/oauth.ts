/**
 * The service's OAuth for partners (v2): with what an administrator allows there, roles can be written, which no key that
 * people can copy does. The partner's own cabinet, not a secret of the integration, opens the token endpoint.
 *
 * Read in the maker's pages and in three clients. Unverified, and decided here alone: that tokens may also stand beside `data`
 * (one client reads them there), that a 400 means that a code or refresh token is no longer good, and that a refresh which
 * brings no refresh token leaves the old one good.
 */
import { base64url } from 'jose';
import * as v from 'valibot';
import { exchange, type Answered, type Bounds } from '../../../http/exchange.ts';
import { NotSent, type Fetch } from '../../../http/fetch.ts';

/** As the service's manager has given it. */
export type Partner = { readonly clientId: string; readonly email: string; readonly password: string };

export type PartnerTokens = {
  readonly access: string;
  /** Null: the one that was sent stays. */
  readonly refresh: string | null;
  readonly expiresInSeconds: number;
};
/** As for the CRM's tokens: `dead` will never be taken, `later` may still be good, `unknown` may be spent. */
export type PartnerAnswer =
  | { readonly kind: 'tokens'; readonly tokens: PartnerTokens }
  | { readonly kind: 'dead' | 'later' | 'unknown' };

export type PartnerAsked =
  | { readonly code: string; readonly redirectUri: string; readonly verifier: string }
  | { readonly refresh: string };

const BOUNDS: Bounds = { milliseconds: 8_000, bytes: 64_000, unreadable: 'SERVICE_UNREADABLE' };
const SCOPE = 'transport,crm';
/** Of an access token, where the answer does not say. */
const DOCUMENTED_SECONDS = 3600;

const tokens = v.object({
  access_token: v.pipe(v.string(), v.nonEmpty()),
  refresh_token: v.optional(v.pipe(v.string(), v.nonEmpty())),
  expires_in: v.optional(v.pipe(v.number(), v.minValue(1)), DOCUMENTED_SECONDS),
});
const answered = v.pipe(v.string(), v.parseJson(), v.union([v.object({ data: tokens }), tokens]));

/**
 * The page where an administrator allows it. It gets the digest of the verifier; the verifier itself goes to the token endpoint
 * alone.
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
  // A 401 is about the partner's own password: no account's grant ends because somebody changed it.
  if (!answer.ok) return { kind: answer.status === 400 ? 'dead' : 'later' };
  const { success, output } = v.safeParse(answered, answer.text);
  if (!success) return { kind: 'unknown' };
  const { access_token, refresh_token = null, expires_in } = 'data' in output ? output.data : output;
  return {
    kind: 'tokens',
    tokens: { access: access_token, refresh: refresh_token, expiresInSeconds: expires_in },
  };
}
