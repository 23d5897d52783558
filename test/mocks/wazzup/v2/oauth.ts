/**
 * How a partner gets an account's tokens: a page on which the client allows it, with PKCE (S256), and the token
 * endpoint, which requires the partner's own login. Grants are nested, as documented. How a machine token is exchanged
 * for an account's token is not documented, so it is not emulated.
 */
import { http, type RequestHandler } from 'msw';
import * as v from 'valibot';
import type { PartnerPair } from '../../../world/chat-partners.ts';
import type { World } from '../../../world/world.ts';
import { bodyOf } from '../../body.ts';
import { lacking } from '../../lacking.ts';
import { enveloped, notValid, partnerError } from './envelope.ts';

const AUTHORIZE = 'https://tech.wazzup24.com/v2/oauth/authorize';
const EXPIRES_IN = 3600;

const asked = v.strictObject({
  response_type: v.literal('code'),
  client_id: v.string(),
  redirect_uri: v.pipe(v.string(), v.url()),
  scope: v.string(),
  state: v.optional(v.string()),
  code_challenge: v.string(),
  code_challenge_method: v.literal('S256'),
});
const grant = v.variant('grant_type', [
  v.strictObject({
    grant_type: v.literal('authorization_code'),
    authorize_code_data: v.strictObject({
      code: v.string(),
      redirect_uri: v.string(),
      client_id: v.string(),
      code_verifier: v.pipe(v.string(), v.regex(/^[\w.~-]{43,128}$/)),
    }),
  }),
  v.strictObject({
    grant_type: v.literal('refresh_token'),
    refresh_token_data: v.strictObject({ refresh_token: v.string(), client_id: v.string() }),
  }),
]);

export const partnerOAuthRoutes = (world: World): RequestHandler[] => [
  http.get(AUTHORIZE, ({ request }) => {
    const { success, output } = v.safeParse(asked, Object.fromEntries(new URL(request.url).searchParams));
    if (!success || !isOurs(world, output)) return notValid(['query is not valid']);
    const { search } = new URL(request.url);
    const accounts = world.chats.map(({ id }) => `<button name="account" value="${id}">${id}</button>`);
    return html(`<form method="post" action="/v2/oauth/authorize${search.replaceAll('"', '&quot;').replaceAll('&', '&amp;')}">
<h1>Allow ${world.partners.clientId}?</h1>
${accounts.join('\n')}
<button name="account" value="">Deny</button>
</form>`);
  }),
  http.post(AUTHORIZE, async ({ request }) => {
    const { success, output } = v.safeParse(asked, Object.fromEntries(new URL(request.url).searchParams));
    if (!success || !isOurs(world, output)) return notValid(['query is not valid']);
    const chosen = new URLSearchParams(await request.text()).get('account') ?? '';
    const chat = world.chats.find(({ id }) => String(id) === chosen);
    const address = new URL(output.redirect_uri);
    if (chat) {
      address.searchParams.set(
        'code',
        world.partners.allow(chat.id, output.redirect_uri, output.code_challenge),
      );
    } else address.searchParams.set('error', 'access_denied');
    if (output.state !== undefined) address.searchParams.set('state', output.state);
    return new Response(null, { status: 302, headers: { Location: address.href } });
  }),
  http.post('https://tech.wazzup24.com/v2/oauth/token', async ({ request }) => {
    const { email, password } = world.partners;
    const bytes = new TextEncoder().encode(`${email}:${password}`);
    const basic = `Basic ${btoa(String.fromCodePoint(...bytes))}`;
    if (request.headers.get('Authorization') !== basic) {
      return partnerError(401, 'UNAUTHORIZED', 'Unauthorized', 'Invalid credentials');
    }
    const body = await bodyOf(request);
    const { grant_type: type }: { grant_type?: unknown } = Object(body);
    if (typeof type === 'string' && !['authorization_code', 'refresh_token'].includes(type)) {
      return lacking(world, [`POST /v2/oauth/token {grant_type: ${type}}`]);
    }
    const { success, output, issues = [] } = v.safeParse(grant, body);
    if (!success) return notValid(issues.map(issue => `${v.getDotPath(issue) ?? 'body'} is not valid`));
    const pair = await pairFor(world, output);
    return pair
      ? told(world, pair)
      : partnerError(400, 'INVALID_GRANT', 'Invalid Grant', 'The grant is not valid');
  }),
];

const isOurs = ({ partners }: World, { client_id, redirect_uri }: v.InferOutput<typeof asked>): boolean =>
  client_id === partners.clientId && partners.redirectUris.has(redirect_uri);

async function pairFor(
  { partners }: World,
  given: v.InferOutput<typeof grant>,
): Promise<PartnerPair | undefined> {
  if (given.grant_type === 'refresh_token') {
    const { refresh_token, client_id } = given.refresh_token_data;
    return client_id === partners.clientId ? partners.refresh(refresh_token) : undefined;
  }
  const { code, redirect_uri, client_id, code_verifier } = given.authorize_code_data;
  return client_id === partners.clientId ? partners.exchange(code, redirect_uri, code_verifier) : undefined;
}

const told = ({ clock }: World, { accessToken, refreshToken }: PartnerPair): Response =>
  enveloped(clock, { access_token: accessToken, refresh_token: refreshToken, expires_in: EXPIRES_IN });

const html = (body: string): Response =>
  new Response(`<!doctype html>\n<meta charset="utf-8">\n<title>Access</title>\n${body}`, {
    headers: { 'Content-Type': 'text/html; charset=utf-8' },
  });
