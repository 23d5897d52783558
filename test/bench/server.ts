/**
 * The built server as real processes, with a chat service that answers at once: the cost of a request and of an account, the
 * time of a start, and the gain of a second instance. The clients run on the same cores, so the figures are lower bounds.
 */
import { base64url, SignJWT } from 'jose';
import { mkdtempSync, rmSync } from 'node:fs';
import { Agent, createServer, request } from 'node:http';
import { join } from 'node:path';
import pg from 'pg';
import { chatKeyBoundTo } from '../../server/connections/connection.ts';
import { accountSealIn } from '../../server/store/account-seal.ts';
import { openDatabase } from '../../server/store/database.ts';
import { sealWith } from '../../server/store/seal.ts';
import { buildServer } from '../../server/node/build.ts';
import { startPostgres } from '../run/postgres.ts';
import { launched, type Launched } from './launched.ts';
import { measureFollowing } from './following.ts';
import { measureGranting } from './granting.ts';
import type { Line } from './line.ts';
import { median } from './statistics.ts';

const part = 'server';
const ACCOUNTS = 1000;
const AT_ONCE = 20;
const LASTS_MILLISECONDS = 4000;
const ONE_BY_ONE = 200;
const INTEGRATION = {
  id: '0b0123f4-d123-4123-9123-e09f123456c1',
  secret: 'a secret of thirty-two characters',
};
const RING = { id: 'first', key: new Uint8Array(32).fill(7) };
const ORIGIN = 'https://chat.example.com';
/** A thousand accounts that were each used once may not take more than this each. */
const BYTES_AN_ACCOUNT = 20_000;

export async function measureServer({ root }: { readonly root: string }): Promise<readonly Line[]> {
  const folder = mkdtempSync(join(root, 'node_modules/.cache-bench-'));
  const cluster = startPostgres();
  const service = await chatService();
  try {
    await buildServer(root, folder);
    const environment = {
      INTEGRATION_ID: INTEGRATION.id,
      INTEGRATION_SECRET: INTEGRATION.secret,
      REDIRECT_URI: `${ORIGIN}/amocrm/authorized`,
      KEY_RING: `${RING.id}:${base64url.encode(RING.key)}`,
      WAZZUP_API: service.origin,
      WAZZUP_SETTINGS: service.origin,
      METRICS_PORT: '0',
    };
    const start = (more: Record<string, string>): Promise<Launched> =>
      launched(join(folder, 'server.mjs'), { ...environment, ...more });
    const lines = await startUp(start, { DATA_FOLDER: join(folder, 'data') }, 'embedded database');
    if (!cluster) return lines;
    const DATABASE_URL = await emptyDatabase(cluster.url);
    lines.push(...(await startUp(start, { DATABASE_URL }, 'PostgreSQL')));
    await withAccounts(DATABASE_URL);
    const one = await start({ DATABASE_URL });
    lines.push(...(await costs(one, service.origin)));
    const granted = await measureGranting(one, headersOf);
    const alone = await load([one]);
    const two = await start({ DATABASE_URL });
    const together = await load([one, two]);
    await Promise.all([one.end(), two.end()]);
    const followed = await measureFollowing(start, await emptyDatabase(cluster.url), [RING]);
    return [
      ...lines,
      line(`requests a second, ${AT_ONCE} at once`, '', alone.perSecond),
      line(`p99 of a request, ${AT_ONCE} at once`, 'ms', alone.p99),
      line('requests a second of two instances against one', '×', together.perSecond / alone.perSecond),
      ...granted,
      ...followed,
    ];
  } finally {
    service.close();
    cluster?.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

const line = (what: string, unit: Line['unit'], ours: number, more: Partial<Line> = {}): Line => ({
  part,
  what,
  unit,
  ours,
  ...more,
});

async function startUp(
  start: (more: Record<string, string>) => Promise<Launched>,
  database: Record<string, string>,
  what: string,
): Promise<Line[]> {
  const cold = await start(database);
  await cold.end();
  const warm = await start(database);
  const memory = await warm.residentBytes();
  await warm.end();
  return [
    line(`start with an empty ${what}`, 'ms', cold.startMilliseconds),
    line(`start again, ${what}`, 'ms', warm.startMilliseconds),
    line(`memory of the process, ${what}`, 'MB', memory / 1e6),
  ];
}

/** One request at a time, compared with the service itself, and the memory before and after every account was used. */
async function costs(server: Launched, service: string): Promise<readonly Line[]> {
  const floor = await oneByOne(() => asked(service, {}));
  // One request for each account: those of one account are slowed down to the service's limit.
  const headers = await Promise.all(Array.from({ length: ONE_BY_ONE }, (_, account) => headersOf(account)));
  const ours = await oneByOne(at => asked(server.origin, headers[at] ?? {}));
  const before = await server.heapBytes();
  for (let account = 0; account < ACCOUNTS; account += 1)
    await asked(server.origin, await headersOf(account));
  const bytes = ((await server.heapBytes()) - before) / ACCOUNTS;
  return [
    line('a request through the gateway', 'ms', ours, { floor }),
    line(`memory an account, ${ACCOUNTS} accounts`, 'B', Math.max(0, bytes), {
      budget: { of: 'ours', most: BYTES_AN_ACCOUNT },
    }),
  ];
}

async function oneByOne(ask: (at: number) => Promise<number>): Promise<number> {
  const times: number[] = [];
  for (let at = 0; at < ONE_BY_ONE; at += 1) times.push(await ask(at));
  return median(times);
}

async function load(
  servers: readonly Launched[],
): Promise<{ readonly perSecond: number; readonly p99: number }> {
  const headers = await Promise.all(Array.from({ length: ACCOUNTS }, (_, account) => headersOf(account)));
  const times: number[] = [];
  const end = performance.now() + LASTS_MILLISECONDS;
  await Promise.all(
    Array.from({ length: AT_ONCE }, async (_, asker) => {
      for (let at = asker; performance.now() < end; at += AT_ONCE) {
        const server = servers[at % servers.length];
        times.push(await asked(server?.origin ?? '', headers[(at * 7) % ACCOUNTS] ?? {}));
      }
    }),
  );
  const sorted = times.toSorted((one, other) => one - other);
  return {
    perSecond: times.length / (LASTS_MILLISECONDS / 1000),
    p99: sorted[Math.floor(sorted.length * 0.99)] ?? Number.NaN,
  };
}

const agent = new Agent({ keepAlive: true });

/** The time that it took. */
function asked(origin: string, headers: Readonly<Record<string, string>>): Promise<number> {
  return new Promise((resolve, reject) => {
    const started = performance.now();
    const sent = request(`${origin}/v3/channels`, { agent, headers }, answer => {
      answer.resume();
      answer.once('end', () =>
        answer.statusCode === 200
          ? resolve(performance.now() - started)
          : reject(new Error(`The server answered ${answer.statusCode}`)),
      );
    });
    sent.once('error', reject);
    sent.end();
  });
}

const hostOf = (account: number): string => `office${account}.amocrm.ru`;

async function headersOf(account: number): Promise<Readonly<Record<string, string>>> {
  const issuer = `https://${hostOf(account)}`;
  const token = await new SignJWT({
    client_uuid: INTEGRATION.id,
    account_id: account + 1,
    user_id: 8001,
    is_admin: true,
  })
    .setProtectedHeader({ alg: 'HS256' })
    .setIssuer(issuer)
    .setAudience(ORIGIN)
    .setExpirationTime('30m')
    .sign(new TextEncoder().encode(INTEGRATION.secret));
  return { Origin: issuer, 'X-Auth-Token': token };
}

async function emptyDatabase(url: string): Promise<string> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const name = `bench_${crypto.randomUUID().replaceAll('-', '')}`;
  await client.query(`create database ${name}`);
  await client.end();
  const address = new URL(url);
  address.pathname = `/${name}`;
  return address.href;
}

async function withAccounts(url: string): Promise<void> {
  const { database, close } = await openDatabase({ kind: 'postgres', url });
  const seal = accountSealIn({ database, ringSeal: sealWith([RING]), now: () => new Date() });
  for (let account = 0; account < ACCOUNTS; account += 1) {
    const { id } = await database
      .insertInto('account')
      .values({ crm: 'amocrm', crmAccountId: String(account + 1), host: hostOf(account), state: 'active' })
      .returning('id')
      .executeTakeFirstOrThrow();
    const sealedKey = await seal.seal(`key ${account}`, chatKeyBoundTo(id));
    const values = { accountId: id, sealedKey, keyDigest: String(account), keyKind: 'partner' };
    await database.insertInto('chatConnection').values(values).execute();
  }
  await close();
}

/** Answers and does nothing else. */
function chatService(): Promise<{ readonly origin: string; readonly close: () => void }> {
  const body = JSON.stringify([
    { channelId: 'c', transport: 'whatsapp', state: 'active', plainId: '1', name: 'Sales' },
  ]);
  const server = createServer((_, response) => {
    response.writeHead(200, { 'Content-Type': 'application/json' }).end(body);
  });
  return new Promise(resolve => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address ? address.port : 0;
      resolve({
        origin: `http://127.0.0.1:${port}`,
        close: () => {
          server.close();
          server.closeAllConnections();
        },
      });
    });
  });
}
