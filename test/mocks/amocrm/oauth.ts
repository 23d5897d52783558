/**
 * The token endpoint on an account's own host. It accepts only JSON, and requires the redirect address byte for byte in
 * both grants. All refusals have the same `detail`; only the hint differs.
 */
import { http, type RequestHandler } from 'msw';
import * as v from 'valibot';
import { seconds } from '../../world/clock.ts';
import type { Integration } from '../../world/integration.ts';
import type { TokenPair } from '../../world/oauth.ts';
import type { World } from '../../world/world.ts';
import { bodyOf } from '../body.ts';
import { lacking } from '../lacking.ts';
import { writeAccessToken } from './access-token.ts';

const EXPIRES_IN = 86_400;

const client = { client_id: v.string(), client_secret: v.string(), redirect_uri: v.string() };
const asked = v.variant('grant_type', [
  v.object({ ...client, grant_type: v.literal('authorization_code'), code: v.string() }),
  v.object({ ...client, grant_type: v.literal('refresh_token'), refresh_token: v.string() }),
]);
type Asked = v.InferOutput<typeof asked>;

export const oauthRoutes = (world: World): RequestHandler[] => [
  http.post('*/oauth2/access_token', async ({ request }) => {
    const isJson = request.headers.get('Content-Type')?.startsWith('application/json');
    const body = isJson ? await bodyOf(request) : undefined;
    const { success, output } = v.safeParse(asked, body);
    if (!success) return refusal(400);
    const unknown = Object.keys(Object(body)).filter(field => !(field in output));
    if (unknown.length > 0)
      return lacking(
        world,
        unknown.map(field => `${request.method} ${new URL(request.url).pathname} {${field}}`),
      );
    const integration = integrationOf(world, output);
    if (!integration) return refusal(world.oddities.tokenRefusalStatus);
    const pair = pairFor(world, integration, output);
    if (typeof pair === 'string') return refusal(world.oddities.tokenRefusalStatus, pair);
    world.changed();
    return Response.json(await told(world, pair));
  }),
];

/** The answer to an unknown client is not documented; here it is a refusal without a hint. */
function integrationOf({ crm }: World, { client_id, client_secret, redirect_uri }: Asked) {
  const known = crm.integrations.get(client_id);
  return known?.secret === client_secret && known.redirectUri === redirect_uri ? known : undefined;
}

function pairFor({ crm }: World, { uuid, active }: Integration, given: Asked): TokenPair | string {
  if (!active) return 'Token has been revoked';
  return given.grant_type === 'refresh_token'
    ? crm.oauth.refresh(uuid, given.refresh_token)
    : crm.oauth.exchange(uuid, given.code);
}

async function told(world: World, pair: TokenPair): Promise<unknown> {
  return {
    token_type: 'Bearer',
    expires_in: EXPIRES_IN,
    // Only Kommo's samples contain it.
    ...(world.crm.account.zone === 'kommo.com' && { server_time: seconds(world.clock) }),
    access_token: await writeAccessToken(world, world.crm, pair),
    refresh_token: pair.refreshToken,
  };
}

/** Not the format of the OAuth standard. */
const refusal = (status: number, hint?: string): Response =>
  Response.json(
    {
      ...(hint !== undefined && { hint }),
      title: 'Некорректный запрос',
      type: 'https://developers.amocrm.ru/v3/errors/OAuthProblemJson',
      status,
      detail: 'В запросе отсутствует ряд параметров или параметры невалидны',
    },
    { status, headers: { 'Content-Type': 'application/problem+json' } },
  );
