/** What happens to requests that only a browser can show: cancelled, left behind, offline, sent twice by itself, crowded. */
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

  it('that nobody wants any more ends at once, and is not sent again', async () => {
    await office.strike({ to: 'crm', what: 'GET /api/v4/contacts/:id' }, FAULTS['no answer, not done']);
    const ending = await office.page.evaluate(([given, contact]) => window.inPage.cancel(given, contact), [
      office.given,
      office.about.contact,
    ] as const);
    expect(ending.code).toBe('cancelled');
    expect(office.sent).toHaveLength(1);
  });

  it('of any kind that is left behind with its page is sent once, and acts once at most', async () => {
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

  it('of any kind without a network reaches nobody, and goes through once there is one', async () => {
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

describe('in a browser of its own', () => {
  afterEach(() => office.close());

  it('a request is sent twice by the browser itself when a kept connection is reset, which nobody can forbid it', async () => {
    office = await openOffice({ keepAlive: true });
    expect(await call('records', 'contact')).toEqual({ code: 'ok' });
    await office.strike(TASK, { acts: true, answer: () => 'cut' });
    expect((await call('records', 'addTask')).code).toBe('no-answer');
    expect(office.acted()).toBe(2);
    expect(office.sent.filter(({ what }) => what === TASK.what)).toHaveLength(2);
  });

  it('two tabs keep under the CRM’s limit together, and a claim in one of them waits for nothing', async () => {
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
    const told = await Promise.all([crowd(office.page, 10), crowd(other, 10)]);
    expect(new Set(told.flat())).toEqual(new Set(['ok']));
    // A refusal would have been asked again.
    expect(office.sent).toHaveLength(25);
    expect(performance.now() - started).toBeGreaterThan(3900);
  });

  it('the token is in no address, storage, document, console or error, and goes to the gateway alone', async () => {
    office = await openOffice();
    const { page } = office;
    const told: string[] = [];
    const carried: string[] = [];
    page.on('console', message => told.push(message.text()));
    page.on('pageerror', error => told.push(error.stack ?? error.message));
    page.on('request', request => {
      told.push(request.url(), request.postData() ?? '');
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
      told.push(JSON.stringify(await call('chat', 'changed')));
    }
    told.push(
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
    const everything = told.join('\n');
    for (const token of tokens) {
      expect(everything).not.toContain(token);
      expect(everything).not.toContain(token.split('.')[2]);
    }
    expect(new Set(carried)).toEqual(new Set([office.given.gateway]));
  });
});
