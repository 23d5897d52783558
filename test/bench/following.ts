/**
 * How fast the built server follows the CRM: from the CRM's hook until the chat service is updated, over a hundred accounts,
 * with one process and with two, and while many other clients wait. The emulated CRM and chat service answer at once. They do
 * not have the CRM's host names, so the server limits the requests of each account and not those of its own address:
 * otherwise the bench would measure that limit.
 */
import { Agent, request } from 'node:http';
import pg from 'pg';
import { grantBoundTo } from '../../server/accounts/tokens.ts';
import { chatKeyBoundTo } from '../../server/connections/connection.ts';
import { accountSealIn } from '../../server/store/account-seal.ts';
import { openDatabase } from '../../server/store/database.ts';
import { digestOf } from '../../server/store/digest.ts';
import { sealWith, type KeyRing } from '../../server/store/seal.ts';
import { emulatedOffice, type Office } from './emulated-office.ts';
import type { Launched } from './launched.ts';
import type { Line } from './line.ts';

const ACCOUNTS = 100;
/** This many clients of each account get another owner. */
const EVENTS = 20;
const CLIENTS = 1100;
const AT_ONCE = 20;
const WAITING = [0, 1_000, 10_000, 100_000] as const;
const HINTS = 60;
const BETWEEN_MILLISECONDS = 80;
const MOST_MILLISECONDS = 2000;
/** Other work on the machine makes this much of a difference. */
const MOST_SLOWER = 3;

type Start = (more: Record<string, string>) => Promise<Launched>;

export async function measureFollowing(start: Start, url: string, ring: KeyRing): Promise<readonly Line[]> {
  const office = await emulatedOffice();
  const database = new pg.Client({ connectionString: url });
  await database.connect();
  const environment = { DATABASE_URL: url, WAZZUP_API: office.origin, NODE_OPTIONS: office.leads };
  try {
    await accountsIn(url, ring);
    const servers: Launched[] = [];
    const rates: number[] = [];
    for (let count = 1; count <= 2; count += 1) {
      servers.push(await start(environment));
      rates.push(await changed(servers, office, count));
    }
    const latencies: number[] = [];
    for (const rows of WAITING) {
      await wait(database, rows);
      latencies.push(await latency(servers, office));
    }
    await Promise.all(servers.map(one => one.end()));
    const [idle = Number.NaN, ...busy] = latencies;
    return [
      ...rates.map((rate, at) =>
        line(`clients told of a second, ${at === 0 ? 'one process' : 'two'}`, '', rate),
      ),
      line('hook to chat service, p95, nobody else waits', 'ms', idle, {
        budget: { of: 'ours', most: MOST_MILLISECONDS },
      }),
      ...busy.map((p95, at) =>
        line(`the same, ${WAITING[at + 1]?.toLocaleString('en')} wait`, 'ms', p95, {
          budget: { of: 'ours', most: MOST_MILLISECONDS },
        }),
      ),
      line('100,000 wait against 1,000', '×', (busy.at(-1) ?? Number.NaN) / (busy[0] ?? Number.NaN), {
        budget: { of: 'ours', most: MOST_SLOWER },
      }),
    ];
  } finally {
    await database.end();
    office.close();
  }
}

const line = (what: string, unit: Line['unit'], ours: number, more: Partial<Line> = {}): Line => ({
  part: 'server',
  what,
  unit,
  ours,
  ...more,
});

const secretOf = (account: number): string => String(account).padStart(43, 'h');

/** Clients of all accounts get another owner as fast as the hooks are accepted. Resolves with the updates per second. */
async function changed(servers: readonly Launched[], office: Office, round: number): Promise<number> {
  const started = performance.now();
  const updates: Promise<number>[] = [];
  const jobs = Array.from(
    { length: ACCOUNTS * EVENTS },
    (_, at) => [at % ACCOUNTS, Math.floor(at / ACCOUNTS)] as const,
  );
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (let job = jobs.shift(); job; job = jobs.shift()) {
        const [account, client] = job;
        updates.push(office.changes(account, client + 1, 100 + round));
        await hook(servers[jobs.length % servers.length], account, client + 1);
      }
    }),
  );
  await Promise.all(updates);
  return (ACCOUNTS * EVENTS) / ((performance.now() - started) / 1000);
}

/** From the hook of one client until the update; the 95th of a hundred. */
async function latency(servers: readonly Launched[], office: Office): Promise<number> {
  const times: Promise<number>[] = [];
  for (let at = 0; at < HINTS; at += 1) {
    const [account, client] = [(at * 7) % ACCOUNTS, 30 + at];
    const started = performance.now();
    const updated = office.changes(account, client, office.nextOwner());
    times.push(updated.then(end => end - started));
    await hook(servers[at % servers.length], account, client);
    await new Promise(resolve => setTimeout(resolve, BETWEEN_MILLISECONDS));
  }
  const sorted = (await Promise.all(times)).toSorted((one, other) => one - other);
  return sorted[Math.floor(sorted.length * 0.95)] ?? Number.NaN;
}

/** Adds this many clients to check in the background, equally from all accounts. */
async function wait(database: pg.Client, rows: number): Promise<void> {
  await database.query('delete from lane');
  await database.query(
    `insert into lane (account_id, name, urgency)
    select id, 'contact ' || (100 + n), 1 from account, generate_series(1, $1) as n where crm_account_id like 'f%'`,
    [rows / ACCOUNTS],
  );
  await database.query('analyze lane');
}

async function accountsIn(url: string, ring: KeyRing): Promise<void> {
  const { database, close } = await openDatabase({ kind: 'postgres', url });
  const seal = accountSealIn({ database, ringSeal: sealWith(ring), now: () => new Date() });
  for (let account = 0; account < ACCOUNTS; account += 1) {
    const { id } = await database
      .insertInto('account')
      .values({
        crm: 'amocrm',
        crmAccountId: `f${account}`,
        host: `f${account}.crm.invalid`,
        state: 'active',
        country: 'RU',
        hookDigest: digestOf(secretOf(account)),
        hooksKeptAt: new Date(),
        reconciledUntil: new Date(Date.now() + 3_600_000),
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    const sealedKey = await seal.seal(`f${account}`, chatKeyBoundTo(id));
    await database
      .insertInto('chatConnection')
      .values({ accountId: id, sealedKey, keyDigest: `f${account}`, keyKind: 'partner' })
      .execute();
    const whose = { accountId: id, employeeId: '1' };
    const tokens = JSON.stringify({ access: `f${account}`, refresh: '' });
    const sealedTokens = await seal.seal(tokens, grantBoundTo(whose));
    await database
      .insertInto('crmGrant')
      .values({
        ...whose,
        isAdmin: true,
        sealedTokens,
        expiresAt: new Date(Date.now() + 86_400_000_000),
        kind: 'long-lived',
      })
      .execute();
  }
  await close();
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(
    `insert into chat_copy (account_id, name, numbers)
    select id, 'contact ' || n, '["79160000001"]' from account, generate_series(1, $1) as n where crm_account_id like 'f%'`,
    [CLIENTS],
  );
  await client.query('analyze');
  await client.end();
}

const agent = new Agent({ keepAlive: true });

function hook(server: Launched | undefined, account: number, client: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const sent = request(
      `${server?.origin}/hooks/amocrm/${secretOf(account)}`,
      { agent, method: 'POST', headers: { 'Content-Type': 'application/x-www-form-urlencoded' } },
      answer => {
        answer.resume();
        answer.once('end', () =>
          answer.statusCode === 200
            ? resolve()
            : reject(new Error(`A hook was answered ${answer.statusCode}`)),
        );
      },
    );
    sent.once('error', reject);
    sent.end(`contacts[update][0][id]=${client}&contacts[update][0][type]=contact`);
  });
}
