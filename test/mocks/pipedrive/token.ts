/**
 * `POST /oauth/token` and `/oauth/revoke` of oauth.pipedrive.com: forms, with the app's name and secret in Basic
 * format. Every refusal is a 400; the sentences are documented, the format of the body is not.
 */
import { http, type RequestHandler } from 'msw';
import type { TokenPair, TokenRefusal } from '../../world/pipedrive/oauth.ts';
import type { World } from '../../world/world.ts';
import { lacking } from '../lacking.ts';
import { basicOf } from './basic.ts';
import { uninstalled } from './uninstalled.ts';

/** One second less than an hour, as in every sample. */
const EXPIRES_IN = 3599;

const KNOWN: Readonly<Record<string, readonly string[]>> = {
  authorization_code: ['grant_type', 'code', 'redirect_uri'],
  refresh_token: ['grant_type', 'refresh_token'],
};

export const tokenRoutes = (world: World): RequestHandler[] => [
  http.post('*/oauth/token', async ({ request }) => {
    const form = await formOf(request);
    if (!form) return refusal('invalid_request', 'Content-Type must be application/x-www-form-urlencoded');
    if (!isOurApp(world, request)) return refusal('invalid_client', 'Client is invalid');
    const grantType = form.get('grant_type');
    if (grantType === null) return refusal('invalid_request', 'Missing parameter: `grant_type`');
    const known = KNOWN[grantType];
    if (!known) return refusal('unsupported_grant_type', 'Unsupported grant type: `grant_type` is invalid');
    const unknown = [...form.keys()].filter(name => !known.includes(name));
    if (unknown.length > 0)
      return lacking(
        world,
        unknown.map(name => `POST /oauth/token {${name}}`),
      );
    const pair = pairFor(world, form);
    if (typeof pair === 'string') return refusal('invalid_grant', pair);
    world.changed();
    return Response.json({
      access_token: pair.accessToken,
      token_type: 'Bearer',
      refresh_token: pair.refreshToken,
      scope: pair.grant.scopes.join(','),
      expires_in: EXPIRES_IN,
      api_domain: pair.grant.company.origin,
    });
  }),
  http.post('*/oauth/revoke', async ({ request }) => {
    const form = await formOf(request);
    if (!form || !isOurApp(world, request)) return refusal('invalid_client', 'Client is invalid');
    const unknown = [...form.keys()].filter(name => name !== 'token' && name !== 'token_type_hint');
    if (unknown.length > 0)
      return lacking(
        world,
        unknown.map(name => `POST /oauth/revoke {${name}}`),
      );
    const ended = world.pipedrive.oauth.revoke(form.get('token') ?? '');
    if (ended) uninstalled(world, ended.company, ended.userId);
    return new Response(null, { status: 200 });
  }),
];

function pairFor(
  { pipedrive }: World,
  form: URLSearchParams,
): TokenPair | TokenRefusal | 'redirect_uri is invalid' {
  const { oauth, app } = pipedrive;
  if (form.get('grant_type') === 'refresh_token') return oauth.refresh(form.get('refresh_token') ?? '');
  if (form.get('redirect_uri') !== app.callback) return 'redirect_uri is invalid';
  return oauth.exchange(form.get('code') ?? '');
}

async function formOf(request: Request): Promise<URLSearchParams | undefined> {
  const type = request.headers.get('Content-Type') ?? '';
  return type.startsWith('application/x-www-form-urlencoded')
    ? new URLSearchParams(await request.text())
    : undefined;
}

const isOurApp = ({ pipedrive: { app } }: World, { headers }: Request): boolean =>
  headers.get('Authorization') === basicOf(app);

const refusal = (error: string, message: string): Response =>
  Response.json({ success: false, error, message }, { status: 400 });
