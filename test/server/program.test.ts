/** The server as a program: how it starts, and how it ends. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest';
import type { Mount } from '../mocks/http.ts';
import { ADMIN } from '../world/people.ts';
import { createWorld, type World } from '../world/world.ts';
import { freshPostgres } from '../support/databases.ts';
import { builtServer, chatService, environmentOf, headersOf } from '../support/built-server.ts';

const program = builtServer();
let world: World;
let service: Mount;
let folder: string;
beforeEach(async () => {
  world = createWorld();
  service = await chatService(world);
  folder = await mkdtemp(join(tmpdir(), 'server-data-'));
});
afterEach(async () => {
  await service.close();
  await rm(folder, { recursive: true, force: true });
});

const embedded = () => ({ ...environmentOf(world, service), DATA_FOLDER: join(folder, 'data') });
/** A new embedded database takes seconds to make, so only the tests about it use one. */
const usual = async () =>
  inject('postgres') === ''
    ? embedded()
    : { ...environmentOf(world, service), DATABASE_URL: await freshPostgres() };
const asAdmin = () => headersOf(world, ADMIN);

describe('the server', () => {
  it('ends with one sentence that names a missing variable', async () => {
    const { code, said } = await program.run({ CRM_ORIGIN: 'https://example.amocrm.ru' });
    expect(code).toBe(1);
    expect(said).toMatch(/^INTEGRATION_ID is missing: [^\n]+\.$/);
  });

  it('ends with one sentence that names a command it does not have', async () => {
    const { code, said } = await program.run(await usual(), 'rotat');
    expect([code, said]).toEqual([1, 'There is no command rotat. Commands: rotate, restored.']);
  });

  it('seals everything again with the first key of the ring, and then runs without the old key', async () => {
    const environment = await usual();
    const first = await program.start(environment);
    await first.end('SIGTERM');
    const ring = `second:${'B'.repeat(43)}`;
    const rotated = await program.run(
      { ...environment, KEY_RING: `${ring},${environment.KEY_RING}` },
      'rotate',
    );
    expect(rotated).toEqual({ code: 0, said: '1 sealed again with "second".' });
    const { LONG_LIVED_TOKEN: _token, ...without } = environment;
    const next = await program.start({ ...without, KEY_RING: ring });
    const asked = await fetch(`${next.origin}/v3/channels`, { headers: await asAdmin() });
    expect(asked.status).toBe(200);
    const wrong = await program.run(environment, 'rotate');
    expect(wrong.code).toBe(1);
    expect(wrong.said).toContain('No key of KEY_RING opens these');
  });

  it('writes no secret to its log, its metrics or an answer', async () => {
    const environment = { ...(await usual()), METRICS_PORT: '0' };
    const { origin, metrics, said } = await program.start(environment);
    const headers = await asAdmin();
    const code = 'def502c0de';
    const path = 'c2VjcmV0LXBhdGgtb2YtYS1ob29r';
    const signature = 'ab'.repeat(32);
    const asked = await Promise.all([
      fetch(`${origin}/amocrm/authorized?code=${code}&referer=nobody.amocrm.ru&from_widget=1`),
      fetch(`${origin}/amocrm/disabled?account_id=1&client_uuid=x&signature=${signature}`),
      fetch(`${origin}/hooks/amocrm/${path}`, { method: 'POST', body: 'contacts[add][0][name]=Анна' }),
      fetch(`${origin}/v3/channels`, {
        headers: { ...headers, 'X-Auth-Token': `${headers['X-Auth-Token']}x` },
      }),
      fetch(`${origin}/connection`, {
        method: 'PUT',
        headers,
        body: JSON.stringify({ key: 'a key that nobody issued' }),
      }),
      fetch(`${origin}/v3/users`, { method: 'POST', headers, body: '{"name":"Анна"' }),
      fetch(`${origin}/history`, { headers }),
    ]);
    const answers = await Promise.all(asked.map(async one => [...one.headers, await one.text()].join()));
    const watched = await (await fetch(metrics)).text();
    expect(watched).toContain(
      'http_request_duration_seconds_count{method="GET",route="/v3/channels",status="401"} 1',
    );
    expect(watched).toContain('accounts{of="active"} 1');
    expect(watched).toMatch(/^waiting_seconds\{of="codes"\} \d/m);
    expect(watched).toContain('waiting_seconds{of="grants"} 0');
    await expect.poll(said).toContain('"route":"/history"');
    const all = [said(), watched, ...answers].join();
    const secrets = [
      code,
      path,
      signature,
      'Анна',
      'a key that nobody issued',
      environment.WAZZUP_KEY,
      environment.INTEGRATION_SECRET,
      environment.LONG_LIVED_TOKEN,
      environment.KEY_RING.split(':')[1],
      headers['X-Auth-Token'],
    ];
    expect(secrets.filter(secret => all.includes(secret ?? ''))).toEqual([]);
  });

  it('serves an account, answers when it is ready, and stops on SIGTERM', async () => {
    const instance = await program.start(await usual());
    expect((await fetch(`${instance.origin}/readyz`)).status).toBe(200);
    const asked = await fetch(`${instance.origin}/v3/channels`, { headers: await asAdmin() });
    expect(await asked.json()).toHaveLength(2);
    expect(await instance.end('SIGTERM')).toBe(0);
  });

  it('answers requests that are under way before it stops', async () => {
    const instance = await program.start(await usual());
    let answerNow: (() => void) | undefined;
    world.disturbances.add(/\/v3\/channels/, () => new Promise<void>(resolve => (answerNow = resolve)));
    const asked = fetch(`${instance.origin}/v3/channels`, { headers: await asAdmin() });
    await expect.poll(() => answerNow).toBeDefined();
    const ended = instance.end('SIGTERM');
    answerNow?.();
    expect((await asked).status).toBe(200);
    expect(await ended).toBe(0);
  });

  it('locks its embedded folder, and when it has died exactly one of two new servers gets it', async () => {
    const first = await program.start(embedded());
    const { code, said } = await program.run({ ...embedded(), PORT: '0' });
    expect(code).toBe(1);
    expect(said).toMatch(/^Another server \(process \d+\) holds the database folder .+DATABASE_URL\.$/);
    await first.end('SIGKILL');
    const both = await Promise.allSettled([program.start(embedded()), program.start(embedded())]);
    const started = both.flatMap(one => (one.status === 'fulfilled' ? [one.value] : []));
    expect(started).toHaveLength(1);
    expect(await started[0]?.end('SIGTERM')).toBe(0);
  });
});
