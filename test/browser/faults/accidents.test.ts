/** What happens to requests that only a browser can show: cancelled, left behind, offline, sent twice by itself, crowded. */
import { afterEach, describe, expect, it } from 'vitest';
import { FAULTS } from './faults.ts';
import type { Ending } from './in-page.ts';
import { openOffice, stateOf, type Office } from './office.ts';

let office: Office;
afterEach(() => office.close());

const call = (seam: 'records' | 'chat', method: string): Promise<Ending> =>
  office.page.evaluate(([given, seam, method, about]) => window.inPage.call(given, seam, method, about), [
    office.given,
    seam,
    method,
    office.about,
  ] as const);
const SET_OWNER = { to: 'crm', what: 'PATCH /api/v4/contacts/:id' } as const;
const NOTE = { to: 'crm', what: 'POST /api/v4/contacts/:id/notes' } as const;
const ROLES = { to: 'gateway', what: 'PATCH /settings' } as const;

describe('a request', () => {
  it('that nobody wants any more ends at once, and is not sent again', async () => {
    office = await openOffice();
    await office.strike({ to: 'crm', what: 'GET /api/v4/contacts/:id' }, FAULTS['no answer, not done']);
    const ending = await office.page.evaluate(([given, contact]) => window.inPage.cancel(given, contact), [
      office.given,
      office.about.contact,
    ] as const);
    expect(ending.code).toBe('cancelled');
    expect(office.sent).toHaveLength(1);
  });

  it.each([SET_OWNER, NOTE, ROLES])(
    '$what that is left behind with its page acts once at most',
    async what => {
      office = await openOffice();
      await office.strike(what, FAULTS['no answer, done']);
      const method = { [SET_OWNER.what]: 'setOwner', [NOTE.what]: 'addNote', [ROLES.what]: 'saveRoles' }[
        what.what
      ];
      const before = stateOf(office.world);
      const left = call(what.to === 'crm' ? 'records' : 'chat', method).catch(() => null);
      await expect.poll(office.acted).toBe(1);
      await office.page.reload();
      expect(await left).toBeNull();
      expect(office.sent.filter(one => one.what === what.what)).toHaveLength(1);
      expect(stateOf(office.world)).not.toBe(before);
    },
  );

  it('without a network fails as one without an answer, and goes through once there is one', async () => {
    office = await openOffice();
    await office.page.evaluate(() => window.inPage.hurry());
    await office.page.context().setOffline(true);
    for (let at = 0; at < 3; at += 1) expect((await call('records', 'contact')).code).toBe('no-answer');
    expect((await call('chat', 'rememberContact')).code).toBe('no-answer');
    await office.page.context().setOffline(false);
    expect(await call('records', 'contact')).toEqual({ code: 'ok' });
    expect(await call('chat', 'rememberContact')).toEqual({ code: 'ok' });
  });

  it('is sent twice by the browser itself when a kept connection is reset, which nobody can forbid it', async () => {
    office = await openOffice({ keepAlive: true });
    expect(await call('records', 'contact')).toEqual({ code: 'ok' });
    await office.strike(NOTE, { acts: true, answer: () => 'cut' });
    expect((await call('records', 'addNote')).code).toBe('no-answer');
    expect(office.acted()).toBe(2);
    expect(office.sent.filter(({ what }) => what === NOTE.what)).toHaveLength(2);
  });
});

describe('two tabs', () => {
  it('keep under the CRM’s limit together, and a claim in one of them waits for nothing', async () => {
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
});

describe('the token', () => {
  it('is in no address, storage, document, console or error, and goes to the gateway alone', async () => {
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
      await office.strike({ to: 'gateway', what: 'POST /v3/contacts' }, FAULTS[fault]);
      told.push(JSON.stringify(await call('chat', 'rememberContact')));
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
