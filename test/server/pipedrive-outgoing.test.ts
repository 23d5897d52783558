/** How fast the server sends requests to Pipedrive, and that it stops when a company's daily budget is used up. */
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { budgetGoneFor } from '../../server/crm/pipedrive/budget.ts';
import { pipedriveAt } from '../../server/crm/pipedrive/host.ts';
import { NotSent, type Fetch } from '../../server/http/fetch.ts';
import { pacedFetch, USUAL_RATES } from '../../server/outgoing.ts';
import type { OpenDatabase } from '../../server/store/database.ts';
import { paceIn } from '../../server/store/pace.ts';
import { freshDatabase, kinds } from '../support/databases.ts';

const asked = (company: string, token: string): Request =>
  new Request(`https://${company}.pipedrive.com/api/v1/users/me`, {
    headers: { Authorization: `Bearer ${token}` },
  });

describe.each(kinds())('requests to Pipedrive (%s)', kind => {
  let open: OpenDatabase;
  let answer: () => Response;
  let left: number;
  beforeAll(async () => {
    open = await freshDatabase(kind);
  });
  beforeEach(async () => {
    await open.database.deleteFrom('pace').execute();
    answer = () => new Response();
    left = 0;
  });
  afterEach(() => vi.useRealTimers());
  afterAll(() => open.close());
  const instance = (rates: Partial<typeof USUAL_RATES> = {}): Fetch =>
    pacedFetch({
      pace: paceIn(open.database),
      egress: 'all',
      rates: { ...USUAL_RATES, ...rates },
      crmAt: pipedriveAt,
      budgetGoneFor,
      onEvent: () => undefined,
      async fetch() {
        left += 1;
        return answer();
      },
    });
  const outcomeOf = (sent: Promise<Response>): Promise<unknown> =>
    sent.then(
      ({ status }) => status,
      (error: unknown) => (error instanceof NotSent ? { isBudgetGone: error.isBudgetGone } : error),
    );

  it('are counted by access token, which is stored in no row', async () => {
    const fetch = instance({ personalToken: 0.001 });
    expect(await outcomeOf(fetch(asked('acme', 'first-token')))).toBe(200);
    expect(await outcomeOf(fetch(asked('acme', 'first-token')))).toEqual({ isBudgetGone: false });
    expect(await outcomeOf(fetch(asked('acme', 'second-token')))).toBe(200);
    const rows = await open.database.selectFrom('pace').select('name').execute();
    expect(JSON.stringify(rows)).not.toContain('token');
  });

  it('wait only for the access token that has sent too many', async () => {
    const fetch = instance();
    answer = () => new Response('{}', { status: 429, headers: { 'x-ratelimit-reset': '30' } });
    await fetch(asked('acme', 'a'));
    answer = () => new Response();
    expect(await outcomeOf(fetch(asked('acme', 'a')))).toEqual({ isBudgetGone: false });
    expect(await outcomeOf(fetch(asked('acme', 'b')))).toBe(200);
  });

  it.each([
    { 'x-daily-ratelimit-token-remaining': '0', 'x-ratelimit-reset': '2' },
    { 'x-ratelimit-reset': '30000' },
    { 'Retry-After': '30000' },
  ])('stop for a whole company once its daily budget is used up (%j)', async headers => {
    const fetch = instance();
    answer = () => new Response('{}', { status: 429, headers });
    await fetch(asked('acme', 'a'));
    answer = () => new Response();
    left = 0;
    expect(await outcomeOf(instance()(asked('acme', 'b')))).toEqual({ isBudgetGone: true });
    expect(await outcomeOf(fetch(asked('other', 'c')))).toBe(200);
    expect(left).toBe(1);
  });

  const page = (): Response =>
    new Response('<html>', { status: 403, headers: { 'Content-Type': 'text/html' } });
  const minutesPass = (minutes: number) =>
    open.database
      .updateTable('pace')
      .set({ nextAt: sql<Date>`next_at - make_interval(mins => ${minutes})` })
      .execute();

  it('stop for ten minutes only for a company that is blocked', async () => {
    const fetch = instance();
    answer = page;
    await fetch(asked('acme', 'a'));
    answer = () => new Response();
    expect(await outcomeOf(instance()(asked('acme', 'b')))).toEqual({ isBudgetGone: false });
    expect(await outcomeOf(fetch(asked('other', 'c')))).toBe(200);
    await minutesPass(10);
    expect(await outcomeOf(fetch(asked('acme', 'b')))).toBe(200);
  });

  it.each([
    [0, 'for all', { isBudgetGone: false }],
    [1, 'for those alone', 200],
  ])('stop, when three companies are blocked %i minutes apart, %s', async (minutes, _, outcome) => {
    const fetch = instance();
    answer = page;
    // Several requests of one company may be under way. They count once.
    await Promise.all(['a', 'b', 'c'].map(token => outcomeOf(fetch(asked('first', token)))));
    await fetch(asked('second', 'a'));
    await minutesPass(minutes);
    await fetch(asked('third', 'a'));
    answer = () => new Response();
    expect(await outcomeOf(fetch(asked('other', 'a')))).toEqual(outcome);
  });

  it.each([
    [9, 'go on', 200],
    [10, 'stop', { isBudgetGone: false }],
  ])(
    'for all while three companies are blocked, %i seconds after the last answer, %s',
    async (seconds, _, outcome) => {
      vi.useFakeTimers({ toFake: ['performance'] });
      const fetch = instance();
      await fetch(asked('other', 'a'));
      vi.advanceTimersByTime(seconds * 1000);
      answer = page;
      for (const company of ['first', 'second', 'third']) await fetch(asked(company, 'a'));
      answer = () => new Response();
      expect(await outcomeOf(fetch(asked('other', 'a')))).toEqual(outcome);
    },
  );

  it('are sent for a company with budget left, even if many are made at the same moment', async () => {
    const fetch = instance();
    const tokens = Array.from({ length: 40 }, (_, at) => `token-${at}`);
    const outcomes = await Promise.all(tokens.map(token => outcomeOf(fetch(asked('acme', token)))));
    expect(outcomes).toEqual(tokens.map(() => 200));
  });
});
