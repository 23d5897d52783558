/** The pace of the server's own requests: even, shared by all instances, and stopped where the server is blocked. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { NotSent, type Fetch } from '../../server/http/fetch.ts';
import { crmAt } from '../../server/crm/amocrm/host.ts';
import { pacedFetch, USUAL_RATES, type OutgoingEvent } from '../../server/outgoing.ts';
import type { OpenDatabase } from '../../server/store/database.ts';
import { paceIn, type Pace } from '../../server/store/pace.ts';
import { freshDatabase, kinds } from '../support/databases.ts';

const html = { 'Content-Type': 'text/html' };
const crm = (subdomain: string, zone = 'amocrm.ru'): Request =>
  new Request(`https://${subdomain}.${zone}/api/v4/account`);

describe.each(kinds())('an outgoing request (%s)', kind => {
  let open: OpenDatabase;
  let pace: Pace;
  /** When each request left, in milliseconds. */
  let left: number[];
  let events: OutgoingEvent[];
  let answer: (request: Request) => Response;
  beforeAll(async () => {
    open = await freshDatabase(kind);
    pace = paceIn(open.database);
  });
  beforeEach(async () => {
    await open.database.deleteFrom('pace').execute();
    left = [];
    events = [];
    answer = () => new Response();
  });
  afterAll(() => open.close());
  const instance = (rates: Partial<typeof USUAL_RATES> = {}, egress = 'all'): Fetch =>
    pacedFetch({
      pace: paceIn(open.database),
      egress,
      rates: { ...USUAL_RATES, ...rates },
      crmAt,
      onEvent: event => events.push(event),
      async fetch(request) {
        left.push(performance.now());
        return answer(request);
      },
    });
  const refusedOf = (asked: Promise<unknown>): Promise<string> =>
    asked.then(
      () => 'sent',
      (error: unknown) => (error instanceof NotSent ? 'not sent' : 'failed'),
    );

  it('gets evenly spaced places, shared by all instances', async () => {
    const start = performance.now();
    const instances = [paceIn(open.database), paceIn(open.database)];
    const times = await Promise.all(
      Array.from({ length: 21 }, async (_, at) => {
        const wait = await instances[at % 2]?.place('crm office', 20, 60_000);
        return performance.now() + (wait ?? 0) - start;
      }),
    );
    // The twenty places after the first one span a second.
    expect(Math.max(...times)).toBeGreaterThanOrEqual(999);
  });

  it('waits for its place', async () => {
    const fetch = instance({ account: 5 });
    const start = performance.now();
    await Promise.all([fetch(crm('office')), fetch(crm('office')), fetch(crm('office'))]);
    expect(Math.max(...left) - start).toBeGreaterThanOrEqual(399);
  });

  it('does not wait for the requests of another account', async () => {
    const fetch = instance({ account: 0.5 });
    await Promise.all(['one', 'two', 'three'].map(one => fetch(crm(one))));
    expect(left).toHaveLength(3);
  });

  it('is not sent when its turn is too far off, and then takes no place', async () => {
    const fetch = instance({ account: 0.1 });
    await fetch(crm('office'));
    expect(await refusedOf(fetch(crm('office')))).toBe('not sent');
    expect(await refusedOf(fetch(crm('office')))).toBe('not sent');
    expect(left).toHaveLength(1);
    expect(await pace.place('crm office.amocrm.ru', 0.1, 20_000)).toBeLessThan(10_001);
  });

  it('is not sent for any account of a CRM that has blocked our address with an HTML page', async () => {
    answer = () => new Response('<html>nginx</html>', { status: 403, headers: html });
    const [first, second, elsewhere] = [instance(), instance(), instance({}, 'another-address')];
    expect((await first(crm('office'))).status).toBe(403);
    expect(await refusedOf(second(crm('another')))).toBe('not sent');
    answer = () => new Response();
    expect((await second(crm('office', 'kommo.com'))).status).toBe(200);
    expect((await elsewhere(crm('another'))).status).toBe(200);
    expect(events.map(({ outcome }) => outcome)).toEqual(['blocked', 'held', 'answered', 'answered']);
  });

  it('is still sent after a 403 from the CRM itself', async () => {
    answer = () => Response.json({ status: 403 }, { status: 403 });
    const fetch = instance();
    await fetch(crm('office'));
    expect((await fetch(crm('another'))).status).toBe(403);
  });

  it('is held back only for the account that gets a 429', async () => {
    answer = () => new Response('<html>', { status: 429, headers: { ...html, 'Retry-After': '60' } });
    const fetch = instance();
    await fetch(crm('office'));
    expect(await refusedOf(fetch(crm('office')))).toBe('not sent');
    answer = () => new Response();
    expect((await fetch(crm('another'))).status).toBe(200);
  });

  it('is counted by key at the chat service, and the rows do not contain the key', async () => {
    const ask = (key: string) =>
      new Request('https://api.wazzup24.com/v3/users', { headers: { Authorization: `Bearer ${key}` } });
    const fetch = instance({ chatKey: 0.001 });
    // A page asks several things at once, and the service counts over five seconds.
    await Promise.all(Array.from({ length: 81 }, () => fetch(ask('first-key'))));
    expect(await refusedOf(fetch(ask('first-key')))).toBe('not sent');
    expect((await fetch(ask('second-key'))).status).toBe(200);
    const rows = await open.database.selectFrom('pace').select('name').execute();
    expect(JSON.stringify(rows)).not.toContain('key');
  });

  it('is not sent while the database does not answer, but an answer that has arrived is not lost', async () => {
    const down = (): Promise<never> => Promise.reject(new Error('The connection was refused'));
    const given = { egress: 'all', rates: USUAL_RATES, crmAt, onEvent: () => undefined };
    const reach = async (): Promise<Response> => {
      left.push(performance.now());
      return new Response(null, { status: 429 });
    };
    const dark = pacedFetch({ ...given, fetch: reach, pace: { ...pace, place: down, hold: down } });
    expect(await refusedOf(dark(crm('office')))).toBe('not sent');
    expect(left).toEqual([]);
    const lost = pacedFetch({ ...given, fetch: reach, pace: { ...pace, hold: down } });
    expect((await lost(crm('office'))).status).toBe(429);
  });

  it('leaves no expired rows behind', async () => {
    await instance()(crm('office'));
    await pace.hold('egress all kommo', 60_000);
    await expect
      .poll(async () => {
        await pace.forget();
        return open.database.selectFrom('pace').select('name').execute();
      })
      .toEqual([{ name: 'egress all kommo' }]);
  });
});
