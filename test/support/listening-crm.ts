/** An account on a listening port, its integration, and an address that can receive hooks. */
import { listen, type Mount } from '../mocks/http.ts';
import { crmHosts } from '../mocks/amocrm/hosts.ts';
import { allowedAddress } from '../mocks/amocrm/installing.ts';
import { standingClock } from '../world/clock.ts';
import type { Crm } from '../world/crm.ts';
import { ADMIN } from '../world/people.ts';
import { createWorld, type World, type WorldOptions } from '../world/world.ts';

export const REDIRECT = 'https://app.example.com/amocrm/authorized';

export type Pair = { readonly access_token: string; readonly refresh_token: string };

export const connectedWorld = (options: Partial<WorldOptions> = {}): World =>
  createWorld({ clock: standingClock(), integration: { redirectUri: REDIRECT }, ...options });

export type Asking = {
  readonly json?: unknown;
  readonly pair?: Pair;
  readonly headers?: Readonly<Record<string, string>>;
};
/** Sends a request to a host of the CRM as a server does. */
export type AskHost = (route: string, asking?: Asking) => Promise<Response>;

export function hostsOf(world: World): AskHost {
  const answered = crmHosts(world);
  return async (route, { json, pair, headers = {} } = {}) => {
    const [method = 'GET', url = ''] = route.split(' ');
    const all = new Headers(headers);
    if (pair) all.set('Authorization', `Bearer ${pair.access_token}`);
    if (json !== undefined && !all.has('Content-Type')) all.set('Content-Type', 'application/json');
    const body = json === undefined ? null : JSON.stringify(json);
    const response = await answered(new Request(url, { method, headers: all, body }));
    if (!(response instanceof Response)) throw new Error(`${route} was not answered`);
    return response;
  };
}

/** The code that a consent of that employee yields. */
export function codeOf(crm: Crm, userId = ADMIN): string {
  const user = crm.users.get(userId);
  if (!user) throw new Error(`Nobody is ${userId}`);
  return allowedAddress(crm, crm.integration, user, '').searchParams.get('code') ?? '';
}

/** Our client's request to the token endpoint. */
export const asked = ({ integration }: Crm, grant: Record<string, string>): Asking => ({
  json: {
    client_id: integration.uuid,
    client_secret: integration.secret,
    redirect_uri: REDIRECT,
    ...grant,
  },
});

export const tokenRoute = ({ account }: Crm): string => `POST ${account.origin}/oauth2/access_token`;

export async function pairFor(ask: AskHost, crm: Crm, userId = ADMIN): Promise<Pair> {
  const grant = { grant_type: 'authorization_code', code: codeOf(crm, userId) };
  const response = await ask(tokenRoute(crm), asked(crm, grant));
  return response.json();
}

export type Received = {
  readonly path: string;
  readonly query: URLSearchParams;
  readonly form: URLSearchParams;
};

/** Listens on a free port and answers as given. */
export async function receiver(
  answer: (received: Received) => Response | Promise<Response> = () => new Response(null),
): Promise<Mount & { readonly received: Received[]; readonly next: () => Promise<Received> }> {
  const received: Received[] = [];
  let heard: ((one: Received) => void)[] = [];
  const mount = await listen(async request => {
    const { pathname: path, searchParams: query } = new URL(request.url);
    const one = { path, query, form: new URLSearchParams(await request.text()) };
    received.push(one);
    heard.forEach(hear => hear(one));
    heard = [];
    return answer(one);
  });
  return {
    ...mount,
    received,
    next: () =>
      new Promise(resolve => {
        heard.push(resolve);
      }),
  };
}
