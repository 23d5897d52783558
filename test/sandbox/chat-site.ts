/** The chat service's own host: its window, and the window's requests. */
import { getResponse } from 'msw';
import * as v from 'valibot';
import { CALLBACK } from '../../server/connections/partner-journey.ts';
import { answer, type Answer } from '../mocks/answer.ts';
import { redirected } from '../mocks/http.ts';
import { chatWindowHandlers, wazzupHandlers } from '../mocks/wazzup/handlers.ts';
import type { World } from '../world/world.ts';
import { connectAddress } from '../mocks/wazzup/wauth.ts';
import { isBrowsersOwn, type Addresses } from './addresses.ts';
import { cabinetDocument, chatWindowDocument } from './documents.ts';
import { fileResponse } from './file-response.ts';
import type { SandboxState } from './sandbox-state.ts';
import { HOSTS, MARKETPLACE } from './outside-services.ts';

const ASSETS = '/assets/';

type Site = Pick<SandboxState, 'world' | 'pages' | 'addresses'>;

export function chatSite({ world, pages, addresses }: Site): (request: Request) => Promise<Answer> {
  const handlers = chatWindowHandlers(world);
  return async request => {
    const { pathname } = new URL(request.url);
    if (pathname === '/window') return chatWindowDocument();
    if (pathname === '/integrations') return cabinetDocument(world.options.language);
    if (pathname === '/integrations/connect') return connected(world, addresses);
    if (pathname === '/v2/oauth/authorize') return consent(world, addresses, request);
    if (isBrowsersOwn(pathname)) return new Response(null, { status: 204 });
    if (pathname.startsWith(ASSETS)) {
      const file = pages.file(pathname.slice(ASSETS.length));
      return file === undefined ? new Response(null, { status: 404 }) : fileResponse(pathname, file);
    }
    return answer(world, handlers, request);
  };
}

/** The client has pressed "Connect" in the service's cabinet; the entry in its marketplace leads to our server. */
function connected(world: World, { gateway }: Addresses): Response {
  const { crmCode } = MARKETPLACE;
  world.partners.marketplaces.set(crmCode, { ...MARKETPLACE, authRedirectUri: `${gateway}/connect/wazzup` });
  return new Response(null, { status: 303, headers: { Location: connectAddress(world, crmCode).href } });
}

/** The page on which a client allows a partner. Our partner entry has a registered redirect address. */
function consent(world: World, { gateway }: Addresses, request: Request): Promise<Answer> {
  world.partners.redirectUris.add(gateway + CALLBACK);
  return answer(world, wazzupHandlers(world), redirected(request, HOSTS.settings));
}

const answerSchema = v.object({ url: v.string() });

/**
 * The address of a person's window, requested by the chat service's own integration with the CRM. Disturbances meant
 * for the widget do not apply to it. Null if the service returns none.
 */
export async function chatWindowAddress(world: World, employeeId: number): Promise<string | null> {
  const [partnerKey] = [...world.chat.keys].find(([, kind]) => kind === 'partner') ?? [];
  const user = { id: String(employeeId), name: world.crm.users.get(employeeId)?.name };
  const request = new Request('https://api.wazzup24.com/v3/iframe', {
    method: 'POST',
    headers: { authorization: `Bearer ${partnerKey}`, 'content-type': 'application/json' },
    body: JSON.stringify({ user, scope: 'global' }),
  });
  const response = await getResponse(wazzupHandlers(world), request);
  return response?.ok ? v.parse(answerSchema, await response.json()).url : null;
}
