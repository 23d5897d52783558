import { afterEach, describe, expect, it, vi } from 'vitest';
import { handle } from '../../../../server/gateway/handle.ts';
import { gatewayConfigFor } from '../../../mocks/gateway-config.ts';
import { listen, type Mount } from '../../../mocks/http.ts';
import type { KeyKind } from '../../../world/chat.ts';
import type { Fault } from '../../../world/disturbances.ts';
import { ADMIN } from '../../../world/people.ts';
import { createWorld } from '../../../world/world.ts';
import { claimsOf, signed } from '../../../support/signed-proof.ts';
import { BORIS, officeForEachTest, requestFor } from './office.ts';
import { outcomeOf, type Outcome } from '../../../support/outcome.ts';

describe('the chat service behind the gateway', () => {
  const office = officeForEachTest();

  afterEach(() => {
    vi.useRealTimers();
  });

  it.each<[Fault, number, string]>([
    ['unauthorized', 502, 'KEY_REFUSED'],
    ['forbidden-json', 403, 'KEY_TOO_WEAK'],
    ['cut', 502, 'SERVICE_UNREACHABLE'],
  ])('that answers "%s" leads to %i %s', async (fault, status, error) => {
    office.stage.world.disturbances.add(/GET \/v3\/channels/, fault);
    const answer = await office.ask('seller', 'GET /v3/channels');
    expect(await outcomeOf(answer)).toEqual([status, error]);
  });

  it('has fifteen seconds to answer', async () => {
    office.stage.world.disturbances.add(/GET \/v3\/channels/, 'lost-before');
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    let answer: Response | undefined;
    const asked = office.ask('seller', 'GET /v3/channels').then(given => (answer = given));
    await vi.waitFor(() => expect(office.stage.upstream).toHaveLength(1));
    await vi.advanceTimersByTimeAsync(14_000);
    expect(answer).toBeUndefined();
    await vi.advanceTimersByTimeAsync(1000);
    expect(await outcomeOf(await asked)).toEqual([504, 'SERVICE_TIMEOUT']);
  });

  it.each<[Fault]>([['broken-json'], ['wrong-shape']])(
    'whose roles come as "%s" is unreadable',
    async fault => {
      office.stage.world.disturbances.add(/GET \/settings/, fault);
      const answer = await office.ask('seller', 'POST /clients/changed', {
        body: { contact: BORIS.contact },
      });
      expect(await outcomeOf(answer)).toEqual([502, 'SERVICE_UNREADABLE']);
    },
  );

  it.each<[KeyKind, string, Outcome]>([
    ['partner', 'GET /v3/channels', [200, undefined]],
    ['partner', 'GET /settings', [200, undefined]],
    ['partner', 'GET /v3/contacts/c-1', [200, undefined]],
    ['v3', 'GET /v3/channels', [200, undefined]],
    ['v3', 'GET /settings', [200, undefined]],
    ['v3', 'GET /v3/contacts/c-1', [200, undefined]],
    ['sidecar', 'GET /v3/channels', [200, undefined]],
    ['sidecar', 'GET /settings', [403, 'KEY_TOO_WEAK']],
    ['sidecar', 'GET /v3/contacts/c-1', [403, 'KEY_TOO_WEAK']],
  ])('asked with a %s key at %s leads to %o', async (keyKind, route, outcome) => {
    const answer = await office.ask('admin', route, { config: office.configured({ keyKind }) });
    expect(await outcomeOf(answer)).toEqual(outcome);
  });

  it('explains in its own words what is wrong with a request', async () => {
    const answer = await office.ask('admin', 'POST /v3/users', { body: [{ id: '1' }] });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({
      error: 'INVALID_USERS_DATA',
      data: [{ index: 0, fields: ['name'] }],
    });
  });
});

/** The gateway's answer to an admin, with the chat service at this address. */
async function askAt(origin: string, route: string): Promise<Response> {
  const world = createWorld();
  const config = gatewayConfigFor(world, { api: origin, settings: origin });
  const token = await signed(claimsOf(world, ADMIN), world.crm.integration.secret);
  return handle(requestFor(route, { 'X-Auth-Token': token, 'If-Match': '"any"' }), config);
}

describe('any other chat service', () => {
  const mounts: Mount[] = [];
  afterEach(async () => {
    await Promise.all(mounts.splice(0).map(mount => mount.close()));
  });

  /** The gateway's answer to an admin, with a service that answers in this way. */
  async function askThrough(
    service: (request: Request) => Response,
    route = 'GET /v3/channels',
  ): Promise<Response> {
    const mount = await listen(async request => service(request));
    mounts.push(mount);
    return askAt(mount.origin, route);
  }

  it('has only its status, type, body and Retry-After passed on', async () => {
    const answer = await askThrough(
      () =>
        new Response('<h1>later</h1>', {
          status: 429,
          headers: {
            'Content-Type': 'text/html',
            'Retry-After': '7',
            'Set-Cookie': 'a=b',
            'X-Powered-By': 'them',
          },
        }),
    );
    expect(answer.status).toBe(429);
    expect(await answer.text()).toBe('<h1>later</h1>');
    expect([...answer.headers.keys()].sort()).toEqual([
      'cache-control',
      'content-type',
      'date',
      'own-settings',
      'retry-after',
      'vary',
    ]);
  });

  it('may answer without a body', async () => {
    const answer = await askThrough(() => new Response(null, { status: 204 }));
    expect([answer.status, await answer.text()]).toEqual([204, '']);
  });

  it('gets the key and not the token', async () => {
    const seen: Headers[] = [];
    await askThrough(({ headers }) => {
      seen.push(headers);
      return new Response('[]');
    });
    expect(seen.map(headers => headers.get('Authorization'))).toEqual(['Bearer partner-key-3f9c']);
    expect(seen.map(headers => headers.has('X-Auth-Token'))).toEqual([false]);
  });

  it.each(['GET /v3/channels', 'GET /settings', 'GET /v3/templates/whatsapp'])(
    'that quotes the request back to %s does not give the key away',
    async route => {
      const answer = await askThrough(
        ({ headers }) =>
          new Response(JSON.stringify({ userRoles: [], quoted: headers.get('Authorization') }), {
            headers: { 'Content-Type': `text/plain; was="${headers.get('Authorization')}"` },
          }),
        route,
      );
      const everything = JSON.stringify([...answer.headers]) + (await answer.text());
      expect(everything).toContain('Bearer');
      expect(everything).not.toContain('partner-key-3f9c');
    },
  );

  it('that is not running is unreachable', async () => {
    const mount = await listen(async () => new Response());
    await mount.close();
    const answer = await askAt(mount.origin, 'GET /v3/channels');
    expect(await outcomeOf(answer)).toEqual([502, 'SERVICE_UNREACHABLE']);
  });
});
