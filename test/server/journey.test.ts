/** Connecting with a browser: from the CRM to the chat service, and back to a page that asks for consent. */
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import * as v from 'valibot';
import { connectAddress } from '../mocks/wazzup/wauth.ts';
import { outcomeOf } from '../support/outcome.ts';
import type { ChatAccount } from '../world/chat.ts';
import { ADMIN, SELLER_A } from '../world/people.ts';
import { browserOf, type Browser } from './browser.ts';
import { installedOffice, MARKETPLACE, type Office } from './office.ts';

let office: Office;
beforeEach(async () => {
  office = await installedOffice({ keyKind: null });
});
afterEach(() => office.open.close());

const started = v.object({ address: v.string() });

const browser = (): Browser => browserOf(office);

/** The administrator presses "Connect Wazzup" in the panel. */
async function sentOff(): Promise<string> {
  const answer = await office.ask(ADMIN, 'POST /connection/journey', { language: 'en' });
  return v.parse(started, await answer.json()).address;
}
/** The address to which "Connect" in this chat account's cabinet leads. */
const stateAddress = (chat = office.world.chat): string => {
  const { marketplaces } = office.world.partners;
  marketplaces.set(MARKETPLACE.crmCode, {
    ...MARKETPLACE,
    authRedirectUri: `${office.origin}/connect/wazzup`,
  });
  return connectAddress(office.world.seenFromChat(chat), MARKETPLACE.crmCode).href;
};
function rename({ channels }: ChatAccount, name: string): void {
  channels.splice(0, channels.length, ...channels.map(channel => ({ ...channel, name })));
}
/** Goes to the chat account's cabinet and back; returns the page with the question. */
async function asked(visit: Browser, chat = office.world.chat): Promise<string> {
  await visit(await sentOff());
  const back = await visit(stateAddress(chat));
  expect(back.status).toBe(303);
  return (await visit(back.headers.get('Location') ?? '')).text();
}
const keyKind = async (): Promise<unknown> =>
  JSON.parse(await (await office.ask(ADMIN, 'GET /connection')).text()).keyKind;

describe('a journey to the chat service', () => {
  it('starts in the service’s cabinet and connects the account after a yes', async () => {
    const visit = browser();
    expect((await visit(await sentOff())).headers.get('Location')).toBe(MARKETPLACE.cabinet);
    const back = await visit(stateAddress());
    const question = await (await visit(back.headers.get('Location') ?? '')).text();
    expect(question).toMatch(/Connect this Wazzup account to crm\.amocrm\.ru\?/);
    expect(question).toContain('Продажи · 79865784457');
    expect(question).toContain('Roles will be shown in the CRM; you change them in your Wazzup dashboard');
    expect(await keyKind()).toBeNull();
    const ended = await visit('/connect/answer', { answer: 'yes' });
    expect([ended.status, await ended.text()]).toEqual([200, expect.stringContaining('Connected.')]);
    expect(await keyKind()).toBe('v3');
    expect((await office.ask(ADMIN, 'GET /v3/channels')).status).toBe(200);
  });

  it('offers "No" first, which connects nothing', async () => {
    const visit = browser();
    const question = await asked(visit);
    expect(question.indexOf('value="no" autofocus')).toBeGreaterThan(0);
    expect(question.indexOf('value="no"')).toBeLessThan(question.indexOf('value="yes"'));
    const ended = await visit('/connect/answer', { answer: 'no' });
    expect(await ended.text()).toContain('Nothing was connected');
    expect(await keyKind()).toBeNull();
    expect((await visit('/connect/answer', { answer: 'yes' })).status).toBe(400);
    expect(await keyKind()).toBeNull();
  });

  it('does not count an answer that breaks off', async () => {
    const visit = browser();
    await asked(visit);
    const broken = new ReadableStream<Uint8Array>({
      start: controller => controller.enqueue(new TextEncoder().encode('answer=')),
      pull: controller => controller.error(new Error('The browser is gone')),
    });
    expect(await outcomeOf(await visit('/connect/answer', broken))).toEqual([408, 'BODY_UNFINISHED']);
    expect(await outcomeOf(await visit('/connect/answer', {}))).toEqual([400, 'BODY_INVALID']);
    await visit('/connect/answer', { answer: 'yes' });
    expect(await keyKind()).toBe('v3');
  });

  it('shows the channels of the chat account that issued the state, even if it belongs to strangers', async () => {
    const foreign = office.world.openChat();
    rename(foreign, 'Not ours');
    const question = await asked(browser(), foreign);
    expect(question).toContain('Not ours');
    expect(question).toContain('If you don’t recognize these channels, choose “No”');
    expect(await keyKind()).toBeNull();
  });

  it('does not use up a state in a browser that did not start from the CRM', async () => {
    const state = stateAddress();
    const stranger = browser();
    expect((await stranger(state)).status).toBe(400);
    expect(office.sent.filter(one => one.includes('/v3/connect'))).toEqual([]);
    const visit = browser();
    await visit(await sentOff());
    expect((await visit(state)).status).toBe(303);
  });

  it('refuses a cookie with a character that no database accepts', async () => {
    const answer = await office.app(
      new Request(new URL('/connect/question', office.origin), { headers: { Cookie: 'journey=a%00b.c' } }),
    );
    expect(answer.status).toBe(400);
  });

  it('belongs to the first browser that opens its address, and to no other', async () => {
    const address = await sentOff();
    await browser()(address);
    const second = browser();
    expect((await second(address)).status).toBe(400);
    expect((await second(stateAddress())).status).toBe(400);
  });

  it('replaces a live connection only when the admin confirms it', async () => {
    const first = browser();
    await asked(first);
    await first('/connect/answer', { answer: 'yes' });
    const foreign = office.world.openChat();
    rename(foreign, 'The new one');
    const visit = browser();
    expect(await asked(visit, foreign)).toContain('name="replaces"');
    const again = await visit('/connect/answer', { answer: 'yes' });
    expect(await again.text()).toContain('name="replaces"');
    expect(await (await office.ask(ADMIN, 'GET /v3/channels')).text()).not.toContain('The new one');
    await visit('/connect/answer', { answer: 'yes', replaces: 'yes' });
    expect(await (await office.ask(ADMIN, 'GET /v3/channels')).text()).toContain('The new one');
  });

  it.each([
    ['has expired', () => office.world.clock.advance(31 * 60_000)],
    ['was made up', () => office.world.partners.marketplaces.clear()],
  ])(
    'explains that the link no longer works when the state %s, and keeps nothing',
    async (_what, happens) => {
      const visit = browser();
      await visit(await sentOff());
      const state = stateAddress();
      happens();
      const ended = await visit(
        _what === 'has expired' ? state : `${office.origin}/connect/wazzup?state=made-up`,
      );
      expect([ended.status, await ended.text()]).toEqual([
        400,
        expect.stringContaining('Wazzup no longer accepts this link. Nothing has changed.'),
      ]);
      expect(await keyKind()).toBeNull();
    },
  );

  it('can be continued when the service did not answer', async () => {
    office.world.oddities.connectStateOnce = false;
    const visit = browser();
    await visit(await sentOff());
    const state = stateAddress();
    office.world.disturbances.add(/\/v3\/connect/, 'cut');
    expect(await (await visit(state)).text()).toContain('Wazzup isn’t responding. Nothing has changed.');
    expect((await visit(state)).status).toBe(303);
  });

  it('is forgotten with its key when nobody answers the question in time', async () => {
    await asked(browser());
    const { database } = office.open;
    const left = () => database.selectFrom('journey').select('sealedKey').execute();
    await office.journeys.forget();
    expect(await left()).toEqual([{ sealedKey: expect.any(String) }]);
    await sql`update journey set until = now()`.execute(database);
    await office.journeys.forget();
    expect(await left()).toEqual([]);
  });

  it('is started by administrators only', async () => {
    expect((await office.ask(SELLER_A, 'POST /connection/journey', {})).status).toBe(403);
  });

  it('keeps its key encrypted, and its pages cannot be framed or cached and send no referrer', async () => {
    const visit = browser();
    await visit(await sentOff());
    const back = await visit(stateAddress());
    const page = await visit(back.headers.get('Location') ?? '');
    expect(Object.fromEntries(page.headers)).toMatchObject({
      'referrer-policy': 'no-referrer',
      'x-frame-options': 'DENY',
      'cache-control': 'no-store',
    });
    const keys = [...office.world.chat.keys.keys()].filter(key => key.startsWith('wauth-'));
    const { database } = office.open;
    const kept = JSON.stringify(await database.selectFrom('journey').selectAll().execute());
    const exposed = kept + (await page.text());
    expect(keys).toHaveLength(1);
    for (const key of keys) expect(exposed).not.toContain(key);
  });

  it('shows a name with markup in it as text', async () => {
    rename(office.world.chat, '<img src=x onerror=alert(1)>');
    expect(await asked(browser())).toContain('&lt;img src=x onerror=alert(1)&gt;');
  });
});

describe('the server’s access to the CRM', () => {
  it('is given again on the CRM’s page of consent', async () => {
    const { world } = office;
    world.crm.oauth.revoke();
    const { database } = office.open;
    await database.updateTable('crmGrant').set({ isDead: true }).execute();
    const state = async () => JSON.parse(await (await office.ask(ADMIN, 'GET /connection')).text());
    expect((await state()).access).toBe('missing');
    const led = await browser()(`/allow?from=${world.crm.account.origin}`);
    const consent = new URL(led.headers.get('Location') ?? '');
    expect(consent.origin + consent.pathname).toBe('https://www.amocrm.ru/oauth');
    expect(consent.searchParams.get('client_id')).toBe(world.crm.integration.uuid);
    await office.allow();
    expect((await state()).access).toBe('given');
  });

  it('is asked for only on the CRM’s own pages', async () => {
    expect((await browser()('/allow?from=https://evil.example')).status).toBe(400);
  });
});
