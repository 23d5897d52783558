/**
 * Metrics for Prometheus, on a separate port that is not public. Labels are fixed words and never ids, because thousands of
 * accounts would make thousands of series.
 */
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { sql } from 'kysely';
import type { OutgoingEvent } from '../outgoing.ts';
import type { Database } from '../store/database.ts';
import type { Entry } from './log.ts';

export type Metrics = {
  readonly answered: (request: Extract<Entry, { event: 'request' }>) => void;
  readonly asked: (happened: OutgoingEvent) => void;
  readonly jobFailed: (job: string) => void;
  readonly text: () => Promise<string>;
  readonly contentType: string;
};

const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20];

export function createMetrics(database: Database): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const requests = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Requests of pages and of the CRM, by route and status.',
    labelNames: ['method', 'route', 'status'],
    buckets: SECONDS,
    registers,
  });
  const outgoing = new Histogram({
    name: 'outgoing_request_duration_seconds',
    help: 'Requests to other services, with the wait in line. "blocked": the CRM blocks our address.',
    labelNames: ['to', 'outcome'],
    buckets: SECONDS,
    registers,
  });
  const failures = new Counter({
    name: 'job_failures_total',
    help: 'Jobs that ended with an error.',
    labelNames: ['job'],
    registers,
  });
  const gauge = (
    name: string,
    help: string,
    read: () => Promise<readonly (readonly [string, number])[]>,
  ): Gauge =>
    new Gauge({
      name,
      help,
      labelNames: ['of'],
      registers,
      async collect() {
        this.reset();
        // While the database is down these series are absent, and /readyz says so.
        for (const [of, value] of await read().catch(() => [])) this.set({ of }, value);
      },
    });
  gauge('accounts', 'Accounts by their state.', async () => {
    const rows = await database
      .selectFrom('account')
      .select(({ fn }) => ['state', fn.countAll<string>().as('count')])
      .groupBy('state')
      .execute();
    return rows.map(({ state, count }) => [state, Number(count)] as const);
  });
  gauge('alarms', 'Accounts with trouble, by its kind.', async () => {
    const rows = await database
      .selectFrom('alarm')
      .select(({ fn }) => ['kind', fn.countAll<string>().as('count')])
      .groupBy('kind')
      .execute();
    return rows.map(({ kind, count }) => [kind, Number(count)] as const);
  });
  gauge(
    'waiting_seconds',
    'How long the oldest one has waited: a code to be exchanged, a grant that was not renewed in time.',
    async () => {
      const { rows } = await sql<{ codes: number | null; grants: number | null }>`select
      (select extract(epoch from now() - min(at))::float8 from arrival where outcome is null) as codes,
      (select extract(epoch from now() - min(expires_at))::float8 from crm_grant
        join account on account.id = account_id
        where not is_dead and is_admin and kind = 'oauth' and state = 'active') as grants`.execute(database);
      return [
        ['codes', rows[0]?.codes ?? 0],
        ['grants', Math.max(0, rows[0]?.grants ?? 0)],
      ];
    },
  );
  gauge(
    'held_seconds',
    'For how long no requests are sent to a CRM, because it blocks our address.',
    async () => {
      const { rows } = await sql<{ name: string; seconds: number }>`select name,
      extract(epoch from next_at - now())::float8 as seconds
      from pace where name like 'egress %' and next_at > now() + interval '30 seconds'`.execute(database);
      return rows.map(({ name, seconds }) => [name.split(' ').at(-1) ?? name, seconds] as const);
    },
  );
  return {
    answered: ({ method, route, status, milliseconds }) =>
      requests.observe({ method, route, status }, milliseconds / 1000),
    asked: ({ to, outcome, milliseconds }) => outgoing.observe({ to, outcome }, milliseconds / 1000),
    jobFailed: job => failures.inc({ job }),
    text: () => registry.metrics(),
    contentType: registry.contentType,
  };
}
