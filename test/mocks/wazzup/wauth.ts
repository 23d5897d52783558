/**
 * The marketplace's "Connect" (WAuth): a CRM registers once. When a client presses the button, their browser goes to
 * the CRM's address with a state. The CRM's server presents the state and its secret and gets a key for that client's
 * account.
 *
 * `crmKey` and `name` of the last step, and the name `apiKey` in its answer, are from memory.
 */
import { http, type RequestHandler } from 'msw';
import * as v from 'valibot';
import type { World } from '../../world/world.ts';
import { bodyOf } from '../body.ts';
import { beyond } from './beyond.ts';
import { nothing } from './entities.ts';
import { chatError } from './error.ts';
import { OWN_KEY, type Keyed } from './key.ts';

const filled = v.pipe(v.string(), v.minLength(1));
const marketplace = v.strictObject({
  crmCode: v.pipe(v.string(), v.regex(/^[A-Za-z\d_-]+$/)),
  authRedirectUri: v.optional(v.string(), ''),
  secret: filled,
});
const connection = v.strictObject({
  state: filled,
  secret: filled,
  crmKey: v.optional(filled),
  name: v.optional(filled),
});

export const wauthRoutes = (world: World, keyed: Keyed): RequestHandler[] => [
  http.post(
    'https://api.wazzup24.com/v3/marketplace',
    keyed(OWN_KEY, async ({ request }) => {
      const body = await bodyOf(request);
      const refused = beyond(world, 'POST /v3/marketplace', marketplace, body);
      if (refused) return refused;
      const { success, output } = v.safeParse(marketplace, body);
      if (!success) return chatError(400, 'INVALID_MARKETPLACE_DATA');
      const { marketplaces } = world.partners;
      if (marketplaces.has(output.crmCode)) return chatError(400, 'CRM_CODE_EXISTS');
      marketplaces.set(output.crmCode, output);
      return nothing();
    }),
  ),
  // The documentation ends the address with a slash.
  http.post(/^https:\/\/api\.wazzup24\.com\/v3\/connect\/?$/, async ({ request }) => {
    const body = await bodyOf(request);
    const refused = beyond(world, 'POST /v3/connect', connection, body);
    if (refused) return refused;
    const { success, output } = v.safeParse(connection, body);
    if (!success) return chatError(400, 'INVALID_CONNECT_DATA');
    const chatId = world.partners.connect(output.state, output.secret);
    if (chatId === 'wrong-secret') return chatError(401, 'INVALID_SECRET');
    const chat = world.chats.find(({ id }) => id === chatId);
    if (!chat) return chatError(400, 'INVALID_STATE');
    const apiKey = `wauth-${crypto.randomUUID()}`;
    chat.keys.set(apiKey, 'v3');
    if (output.crmKey !== undefined) chat.hooks.crmKey = output.crmKey;
    world.changed();
    return Response.json({ apiKey });
  }),
];

/** Where a client's browser is sent when they press "Connect" in the service's cabinet. */
export function connectAddress({ partners, chat }: World, crmCode: string): URL {
  const { authRedirectUri } = partners.marketplaces.get(crmCode) ?? {};
  if (!authRedirectUri) throw new Error(`${crmCode} is not in the marketplace, or has no address`);
  const address = new URL(authRedirectUri);
  address.searchParams.set('state', partners.pressConnect(crmCode, chat.id));
  return address;
}
