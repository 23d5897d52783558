/** Accidents that only a browser can show: requests that are cancelled, abandoned, offline, repeated by the browser or limited. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { FAULTS } from '../../support/faults.ts';
import type { Ending } from './in-page.ts';
import { openOffice, type Office } from './office.ts';
import { METHODS, ROWS, toOf } from './rows.ts';

let office: Office;

const call = (seam: 'records' | 'chat', method: string, tab = office.page): Promise<Ending> =>
  tab.evaluate(([given, seam, method, about]) => window.inPage.call(given, seam, method, about), [
    office.given,
    seam,
    method,
    office.about,
  ] as const);
const TASK = { to: 'crm', what: 'POST /api/v4/tasks' } as const;

describe('a request', () => {
  beforeAll(async () => {
    office = await openOffice();
  });
  beforeEach(() => office.renew());
  afterAll(() => office.close());

  it('that is cancelled ends at once, and is not sent again', async () => {
    await office.strike({ to: 'crm', what: 'GET /api/v4/contacts/:id' }, FAULTS['no answer, not done']);
    const ending = await office.page.evaluate(([given, contact]) => window.inPage.cancel(given, contact), [
      office.given,
      office.about.contact,
    ] as const);
    expect(ending.code).toBe('cancelled');
    expect(office.sent).toHaveLength(1);
  });

  it('of each kind is sent once and takes effect once when its page is closed early', async () => {
    const met: Record<string, unknown> = {};
    for (const row of ROWS) {
      const struck = { to: toOf(row), what: row.what };
      await office.renew();
      await office.strike(struck, FAULTS['no answer, done']);
      const tab = await office.open();
      const left = call(row.seam, row.method, tab).catch(() => null);
      await vi.waitUntil(() => office.acted() === 1, { interval: 5, timeout: 10_000 });
      await tab.close();
      const sent = office.sent.filter(({ to, what }) => to === struck.to && what === struck.what);
      met[row.what] = { ending: await left, sent: sent.length, acted: office.acted() };
    }
    const once = { ending: null, sent: 1, acted: 1 };
    expect(met).toEqual(Object.fromEntries(ROWS.map(({ what }) => [what, once])));
    process.stdout.write(`accidents: ${ROWS.length} requests left behind\n`);
  });

  it('of each kind is not sent while offline, and succeeds once the connection is back', async () => {
    await office.page.evaluate(() => window.inPage.hurry());
    const context = office.page.context();
    for (const [seam, method] of METHODS) {
      await office.renew();
      await context.setOffline(true);
      expect([method, (await call(seam, method)).code]).toEqual([method, 'no-answer']);
      expect(office.sent).toEqual([]);
      await context.setOffline(false);
      expect([method, await call(seam, method)]).toEqual([method, { code: 'ok' }]);
    }
    process.stdout.write(`accidents: ${METHODS.length} methods offline, then online\n`);
  });
});

describe('in a separate browser', () => {
  afterEach(() => office.close());

  it('a request on a kept connection that is reset is repeated by the browser itself, and acts twice', async () => {
    office = await openOffice({ keepAlive: true });
    expect(await call('records', 'contact')).toEqual({ code: 'ok' });
    await office.strike(TASK, { acts: true, answer: () => 'cut' });
    expect((await call('records', 'addTask')).code).toBe('no-answer');
    expect(office.acted()).toBe(2);
    expect(office.sent.filter(({ what }) => what === TASK.what)).toHaveLength(2);
  });

  it('two tabs together stay below the CRM’s rate limit, and a small burst in one of them is not delayed', async () => {
    office = await openOffice({ crmLimiter: true });
    const other = await office.open();
    const crowd = (page: typeof other, times: number): Promise<string[]> =>
      page.evaluate(([given, contact, times]) => window.inPage.crowd(given, contact, times), [
        office.given,
        office.about.contact,
        times,
      ] as const);
    const started = performance.now();
    expect(await crowd(other, 5)).toEqual(['ok', 'ok', 'ok', 'ok', 'ok']);
    expect(performance.now() - started).toBeLessThan(900);
    const endings = await Promise.all([crowd(office.page, 10), crowd(other, 10)]);
    expect(new Set(endings.flat())).toEqual(new Set(['ok']));
    // A refused request would have been repeated.
    expect(office.sent).toHaveLength(25);
    expect(performance.now() - started).toBeGreaterThan(3900);
  });

  it('the token appears in no address, storage, document, console or error, and is sent only to the gateway', async () => {
    office = await openOffice();
    const { page } = office;
    const seen: string[] = [];
    const carried: string[] = [];
    page.on('console', message => seen.push(message.text()));
    page.on('pageerror', error => seen.push(error.stack ?? error.message));
    page.on('request', request => {
      seen.push(request.url(), request.postData() ?? '');
      const token = request.headers()['x-auth-token'];
      if (token) carried.push(new URL(request.url()).origin);
    });
    const tokens = new Set<string>();
    page.on('response', response => {
      if (response.url().includes('disposable_token')) {
        void response.json().then(({ token }: { token: string }) => tokens.add(token));
      }
    });
    await page.evaluate(() => window.inPage.hurry());
    for (const fault of ['401', '403 JSON', '500', 'broken JSON', 'reset'] as const) {
      await office.strike({ to: 'gateway', what: 'POST /clients/changed' }, FAULTS[fault]);
      seen.push(JSON.stringify(await call('chat', 'changed')));
    }
    seen.push(
      await page.evaluate(() =>
        JSON.stringify([
          Object.entries(localStorage),
          Object.entries(sessionStorage),
          document.cookie,
          document.body.innerHTML,
        ]),
      ),
    );
    expect(tokens.size).toBeGreaterThan(1);
    const everything = seen.join('\n');
    for (const token of tokens) {
      expect(everything).not.toContain(token);
      expect(everything).not.toContain(token.split('.')[2]);
    }
    expect(new Set(carried)).toEqual(new Set([office.given.gateway]));
  });
});
