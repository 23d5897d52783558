import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { handle } from '../../../../server/gateway/handle.ts';
import type { Entry } from '../../../../server/operations/log.ts';
import { createAppServer } from '../../../../server/node/server.ts';
import { answer } from '../../../mocks/answer.ts';
import { gatewayConfigFor } from '../../../mocks/gateway-config.ts';
import { listen, portOf, redirected, type Mount } from '../../../mocks/http.ts';
import { wazzupHandlers } from '../../../mocks/wazzup/handlers.ts';
import { ADMIN } from '../../../world/people.ts';
import { createWorld, type World } from '../../../world/world.ts';
import { claimsOf, signed } from '../../../support/signed-proof.ts';

/** The emulated chat service on one port for both of its hosts. */
const chatService = (world: World): Promise<Mount> =>
  listen(request => {
    const host = new URL(request.url).pathname === '/settings' ? 'tech' : 'api';
    return answer(world, wazzupHandlers(world), redirected(request, `https://${host}.wazzup24.com`));
  });

const adminToken = (world: World): Promise<string> =>
  signed(claimsOf(world, ADMIN), world.crm.integration.secret);

describe('the gateway on a port', () => {
  type Running = {
    readonly world: World;
    readonly origin: string;
    readonly log: Entry[];
    readonly loseDatabase: () => void;
    readonly close: () => void;
  };
  let running: Running;

  beforeEach(async () => {
    const world = createWorld();
    const service = await chatService(world);
    const log: Entry[] = [];
    const config = gatewayConfigFor(world, { api: service.origin, settings: service.origin });
    let isReady = true;
    const server = createAppServer((request, heard) => handle(request, { ...config, ...heard }), {
      isReady: async () => isReady,
      proxies: 0,
      log: entry => log.push(entry),
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    running = {
      world,
      log,
      loseDatabase: () => (isReady = false),
      origin: `http://127.0.0.1:${portOf(server)}`,
      close: () => {
        server.close();
        void service.close();
      },
    };
  });
  afterEach(() => running.close());

  it('is alive without a token', async () => {
    const alive = await fetch(`${running.origin}/healthz`);
    expect([alive.status, await alive.text()]).toEqual([200, 'ok']);
  });

  it('is ready for requests while its database answers', async () => {
    const ready = () => fetch(`${running.origin}/readyz`).then(({ status }) => status);
    expect(await ready()).toBe(200);
    running.loseDatabase();
    expect(await ready()).toBe(503);
  });

  it('passes bodies, headers and statuses both ways', async () => {
    const headers = {
      'X-Auth-Token': await adminToken(running.world),
      Origin: running.world.crm.account.origin,
    };
    const { origin, world } = running;
    const created = await fetch(`${origin}/v3/users`, {
      method: 'POST',
      headers,
      body: JSON.stringify([{ id: '8002', name: 'Артём' }]),
    });
    expect(created.status).toBe(200);
    expect(world.chat.users.get('8002')).toEqual({ id: '8002', name: 'Артём' });

    const read = await fetch(`${origin}/settings`, { headers });
    expect(read.headers.get('ETag')).toMatch(/^"\w+"$/);
    expect(read.headers.get('Access-Control-Allow-Origin')).toBe(world.crm.account.origin);

    const refused = await fetch(`${origin}/v3/users`, { method: 'POST', headers, body: '[{}]' });
    expect([refused.status, await refused.json()]).toEqual([
      400,
      expect.objectContaining({ error: 'INVALID_USERS_DATA' }),
    ]);
  });

  it('refuses a body that is too large, and still works', async () => {
    const headers = { 'X-Auth-Token': await adminToken(running.world) };
    const body = JSON.stringify('x'.repeat(5_000_000));
    expect((await fetch(`${running.origin}/v3/users`, { method: 'POST', headers, body })).status).toBe(413);
    expect((await fetch(`${running.origin}/v3/channels`, { headers })).status).toBe(200);
  });

  it('logs each request with its employee, without query, token or key', async () => {
    const token = await adminToken(running.world);
    await fetch(`${running.origin}/v3/templates/whatsapp?offset=0`, { headers: { 'X-Auth-Token': token } });
    await fetch(`${running.origin}/v3/contacts/7001?token=${token}`);
    const request = { event: 'request', method: 'GET', account: undefined, milliseconds: expect.any(Number) };
    expect(running.log).toEqual([
      { ...request, route: '/v3/templates/whatsapp', status: 200, employee: String(ADMIN) },
      { ...request, route: '/v3/contacts/:id', status: 401, employee: undefined },
    ]);
  });
});
