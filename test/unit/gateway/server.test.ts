import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createGatewayServer } from '../../../gateway/server.ts';
import { answer } from '../../mocks/answer.ts';
import { gatewayConfigFor } from '../../mocks/gateway-config.ts';
import { listen, redirected, type Mount } from '../../mocks/http.ts';
import { wazzupHandlers } from '../../mocks/wazzup/handlers.ts';
import { ADMIN } from '../../world/people.ts';
import { createWorld, type World } from '../../world/world.ts';
import { claimsOf, signed } from './claims.ts';

/** The emulated chat service on a port of its own, which stands for both of its hosts. */
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
    readonly log: string[];
    readonly close: () => void;
  };
  let running: Running;

  beforeEach(async () => {
    const world = createWorld();
    const service = await chatService(world);
    const log: string[] = [];
    const config = gatewayConfigFor(world, { api: service.origin, settings: service.origin });
    const server = createGatewayServer(config, line => log.push(line)).listen(0, '127.0.0.1');
    await once(server, 'listening');
    running = {
      world,
      log,
      origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
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

  it('carries bodies, headers and statuses both ways', async () => {
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

  it('refuses a body that is too large and lives on', async () => {
    const headers = { 'X-Auth-Token': await adminToken(running.world) };
    const body = JSON.stringify('x'.repeat(5_000_000));
    expect((await fetch(`${running.origin}/v3/users`, { method: 'POST', headers, body })).status).toBe(413);
    expect((await fetch(`${running.origin}/v3/users`, { headers })).status).toBe(200);
  });

  it('writes one line a request, with whoever asked, without query, token or key', async () => {
    const token = await adminToken(running.world);
    await fetch(`${running.origin}/v3/contacts?offset=0`, { headers: { 'X-Auth-Token': token } });
    await fetch(`${running.origin}/v3/contacts?token=${token}`);
    expect(running.log).toEqual([
      expect.stringMatching(/^GET \/v3\/contacts 200 \d+ ms, employee \d+$/),
      expect.stringMatching(/^GET \/v3\/contacts 401 \d+ ms, nobody known$/),
    ]);
  });
});

describe('the program', () => {
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'gateway-'));
    await build({
      configFile: false,
      logLevel: 'silent',
      ssr: { noExternal: true },
      build: {
        ssr: 'gateway/listen.ts',
        outDir: folder,
        emptyOutDir: true,
        rollupOptions: { output: { format: 'es', entryFileNames: 'gateway.mjs' } },
      },
    });
  }, 30_000);
  afterAll(() => rm(folder, { recursive: true }));

  const start = (env: Record<string, string>): ReturnType<typeof spawn> =>
    spawn(process.execPath, [join(folder, 'gateway.mjs')], { env });

  it('ends with one sentence that names a missing variable', async () => {
    const program = start({ CRM_ORIGIN: 'https://example.amocrm.ru' });
    let said = '';
    program.stderr?.on('data', part => (said += String(part)));
    const [code] = (await once(program, 'close')) as [number];
    expect(code).toBe(1);
    expect(said.trim()).toMatch(/^INTEGRATION_ID is missing: [^\n]+\.$/);
  });

  it('serves an account, and stops when it is asked to', async () => {
    const world = createWorld();
    const service = await chatService(world);
    const { account, integration } = world.crm;
    const program = start({
      CRM_ORIGIN: account.origin,
      INTEGRATION_ID: integration.uuid,
      INTEGRATION_SECRET: integration.secret,
      GATEWAY_ORIGIN: integration.audience,
      WAZZUP_KEY: 'partner-key-3f9c',
      WAZZUP_API: service.origin,
      WAZZUP_SETTINGS: service.origin,
      PORT: '0',
    });
    const [said] = (await once(program.stdout!, 'data')) as [Buffer];
    const port = /port (\d+)/.exec(String(said))?.[1];
    const asked = await fetch(`http://127.0.0.1:${port}/v3/channels`, {
      headers: { 'X-Auth-Token': await adminToken(world), Connection: 'close' },
    });
    expect(await asked.json()).toHaveLength(2);
    program.kill('SIGTERM');
    const [code] = (await once(program, 'close')) as [number];
    expect(code).toBe(0);
    await service.close();
  });
});
