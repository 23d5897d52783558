/** An administrator lets the server write roles, on the chat service's own page. */
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import * as v from 'valibot';
import type { Fetch } from '../../server/fetch.ts';
import { outside } from '../mocks/outside.ts';
import type { ChatAccount } from '../world/chat.ts';
import { ADMIN, SELLER_A } from '../world/people.ts';
import { SALES_CHANNEL } from '../world/world.ts';
import { browserOf, type Browser } from './browser.ts';
import { installedOffice, type Office } from './office.ts';

const CALLBACK = '/connect/partner';
const HOUR = 3_600_000;

let office: Office;
/** What happens to a request of the server instead. */
let meddle: ((request: Request, ask: Fetch) => Promise<Response>) | null;
beforeEach(async () => {
  meddle = null;
  office = await installedOffice({
    keyKind: 'v3',
    isPartner: true,
    through: (request, ask) => (meddle ?? ((one, on) => on(one)))(request, ask),
  });
  office.world.partners.redirectUris.add(office.origin + CALLBACK);
  // The server finds out by the first save that the key writes none.
  await save();
});
afterEach(() => office.open.close());

const begun = v.object({ address: v.string() });
const standing = v.looseObject({ mode: v.string(), roles: v.string() });
const state = async (): Promise<v.InferOutput<typeof standing>> =>
  v.parse(standing, await (await office.ask(ADMIN, 'GET /connection')).json());
async function save(role = 'seller'): Promise<Response> {
  const read = await office.ask(ADMIN, 'GET /settings');
  const row = { channelId: SALES_CHANNEL, userId: String(SELLER_A), role, allowGetNewClients: true };
  return office.ask(ADMIN, 'PATCH /settings', { userRoles: [row] }, read.headers.get('ETag') ?? '');
}
const tokenCalls = (): number => office.sent.filter(one => one.includes('/v2/oauth/token')).length;
const changes = v.object({
  changes: v.array(
    v.object({
      what: v.string(),
      difference: v.object({ lines: v.array(v.object({ before: v.string(), after: v.string() })) }),
    }),
  ),
});
/** From what to what, the newest first. */
async function connectionChanges(): Promise<readonly (readonly string[])[]> {
  const answer = await office.ask(ADMIN, 'GET /history');
  return v
    .parse(changes, await answer.json())
    .changes.flatMap(({ what, difference }) => (what === 'chat-connection' ? difference.lines : []))
    .map(({ before, after }) => [before, after]);
}

async function sentOff(visit: Browser): Promise<string> {
  const answer = await office.ask(ADMIN, 'POST /connection/journey', { language: 'en', purpose: 'roles' });
  const { address } = v.parse(begun, await answer.json());
  return (await visit(address)).headers.get('Location') ?? '';
}
/** On the service's page, which leads back; an empty choice is a refusal. */
async function choose(consent: string, chat: ChatAccount | null): Promise<string> {
  const body = new URLSearchParams({ account: chat ? String(chat.id) : '' });
  const answered = await outside(office.world)(consent, { method: 'POST', body, redirect: 'manual' });
  return answered.headers.get('Location') ?? '';
}
/** To the question. */
async function asked(visit: Browser, chat = office.world.chat): Promise<Response> {
  return visit(await choose(await sentOff(visit), chat));
}
async function allow(): Promise<void> {
  const visit = browserOf(office);
  expect((await asked(visit)).status).toBe(303);
  expect((await visit('/connect/answer', { answer: 'yes' })).status).toBe(200);
}
const said = async (answer: Response): Promise<unknown> => [answer.status, await answer.text()];
const ending = (words: string): unknown => [400, expect.stringContaining(words)];

describe('letting the server write roles', () => {
  it('is offered where the key does everything else', async () => {
    expect(await state()).toMatchObject({ mode: 'reading', roles: 'offered' });
    expect((await office.ask(SELLER_A, 'POST /connection/journey', { purpose: 'roles' })).status).toBe(403);
  });

  it('leads to a question that shows the channels and puts "No" first; after a yes roles are written', async () => {
    const visit = browserOf(office);
    const consent = new URL(await sentOff(visit));
    expect(Object.fromEntries(consent.searchParams)).toMatchObject({
      response_type: 'code',
      redirect_uri: office.origin + CALLBACK,
      code_challenge_method: 'S256',
    });
    const back = await visit(await choose(consent.href, office.world.chat));
    const question = await (await visit(back.headers.get('Location') ?? '')).text();
    expect(question).toContain('Let crm.amocrm.ru set roles in this Wazzup account?');
    expect(question).toContain('Продажи · 79865784457');
    expect(question.indexOf('value="no" autofocus')).toBeLessThan(question.indexOf('value="yes"'));
    expect(await state()).toMatchObject({ mode: 'reading' });
    await visit('/connect/answer', { answer: 'yes' });
    expect(await state()).toMatchObject({ mode: 'roles', roles: 'given' });
    expect((await save()).status).toBe(200);
    expect(office.world.chat.settings.userRoles).toMatchObject([
      { userId: String(SELLER_A), role: 'seller', allowGetNewClients: true },
    ]);
    expect((await office.ask(ADMIN, 'GET /settings')).headers.get('Allow')).toBe('GET, PATCH');
    expect(await connectionChanges()).toContainEqual(['v3', 'partner']);
  });

  it('changes nothing after a no, or a no to the service', async () => {
    const visit = browserOf(office);
    await asked(visit);
    await visit('/connect/answer', { answer: 'no' });
    const other = browserOf(office);
    const declined = await other(await choose(await sentOff(other), null));
    expect(await declined.text()).toContain('Nothing was connected');
    expect(await state()).toMatchObject({ mode: 'reading', roles: 'offered' });
  });

  it('spends no code that comes with a forged state, or in a browser that was not sent for it', async () => {
    const visit = browserOf(office);
    const back = new URL(await choose(await sentOff(visit), office.world.chat));
    const forged = new URL(back);
    forged.searchParams.set('state', 'a'.repeat(64));
    expect((await visit(forged.href)).status).toBe(400);
    const stranger = browserOf(office);
    expect((await stranger(back.href)).status).toBe(400);
    // Of somebody else's way: their code in this administrator's browser.
    const theirs = browserOf(office);
    const foreign = new URL(await choose(await sentOff(theirs), office.world.openChat()));
    expect((await visit(foreign.href)).status).toBe(400);
    expect(tokenCalls()).toBe(0);
  });

  it('spends a code once, however often the browser comes back with it', async () => {
    const visit = browserOf(office);
    const back = await choose(await sentOff(visit), office.world.chat);
    expect([(await visit(back)).status, (await visit(back)).status]).toEqual([303, 303]);
    expect(tokenCalls()).toBe(1);
  });

  it('is over after twenty minutes', async () => {
    const visit = browserOf(office);
    const back = await choose(await sentOff(visit), office.world.chat);
    await sql`update journey set until = now()`.execute(office.open.database);
    expect((await visit(back)).status).toBe(400);
    expect(tokenCalls()).toBe(0);
  });

  it.each([
    [
      'another chat account',
      () => asked(browserOf(office), office.world.openChat()),
      'These channels aren’t those',
    ],
    [
      'an account without channels, which could be anybody’s',
      () => {
        office.world.chat.channels.length = 0;
        return asked(browserOf(office));
      },
      'These channels aren’t those',
    ],
    [
      'roles in words that nobody knows',
      () => {
        meddle = (request, ask) =>
          request.url.endsWith('/v2/settings')
            ? Promise.resolve(Response.json({ data: { roles: [] } }))
            : ask(request);
        return asked(browserOf(office));
      },
      'we can’t read its roles this way',
    ],
    [
      'a token endpoint that leads elsewhere',
      () => {
        meddle = (request, ask) =>
          request.url.endsWith('/v2/oauth/token')
            ? Promise.resolve(Response.redirect('https://evil.example/', 307))
            : ask(request);
        return asked(browserOf(office));
      },
      'Wazzup isn’t responding',
    ],
  ] as const)('keeps nothing of %s', async (_what, comes, words) => {
    expect(await said(await comes())).toEqual(ending(words));
    expect(office.sent.some(one => one.includes('evil.example'))).toBe(false);
    expect(await state()).toMatchObject({ mode: 'reading', roles: 'offered' });
    expect(await office.open.database.selectFrom('partnerGrant').selectAll().execute()).toEqual([]);
  });

  it('is about the connection that was looked at: another key meanwhile takes it along', async () => {
    const visit = browserOf(office);
    await asked(visit);
    const [key] = [...office.world.chat.keys].find(([, kind]) => kind === 'sidecar') ?? [];
    await office.ask(ADMIN, 'PUT /connection', { key, replaces: true });
    expect((await visit('/connect/answer', { answer: 'yes' })).status).toBe(400);
    expect(await state()).toMatchObject({ mode: 'channels', roles: 'none' });
  });

  it.each([
    ['disconnecting', () => office.ask(ADMIN, 'DELETE /connection')],
    [
      'another key',
      () => {
        const [key] = office.world.openChat().keys.keys();
        return office.ask(ADMIN, 'PUT /connection', { key, replaces: true });
      },
    ],
  ])('ends with %s', async (_what, ends) => {
    await allow();
    expect((await ends()).ok).toBe(true);
    expect(await office.open.database.selectFrom('partnerGrant').selectAll().execute()).toEqual([]);
  });

  it('leaves tokens and the partner’s password nowhere as they are', async () => {
    const secrets: string[] = [office.world.partners.password];
    meddle = async (request, ask) => {
      const answer = await ask(request);
      if (request.url.endsWith('/v2/oauth/token'))
        secrets.push(...(/"(?:at|rt)-[^"]+"/g[Symbol.match](await answer.clone().text()) ?? []));
      return answer;
    };
    const visit = browserOf(office);
    const back = await asked(visit);
    const told = [await (await visit(back.headers.get('Location') ?? '')).text()];
    const kept = async (): Promise<string> => {
      const { database } = office.open;
      const rows = [
        await database.selectFrom('journey').selectAll().execute(),
        await database.selectFrom('partnerGrant').selectAll().execute(),
        await database.selectFrom('change').selectAll().execute(),
      ];
      return JSON.stringify(rows);
    };
    told.push(await kept());
    told.push(await (await visit('/connect/answer', { answer: 'yes' })).text(), await kept());
    for (const route of ['GET /connection', 'GET /settings', 'GET /history'])
      told.push(await (await office.ask(ADMIN, route)).text());
    expect(secrets).toHaveLength(3);
    for (const secret of secrets) expect(told.join()).not.toContain(secret.replaceAll('"', ''));
  });
});

describe('what was let', () => {
  beforeEach(allow);
  const rolesOf = (): Promise<Response> => office.ask(ADMIN, 'GET /settings');

  it('is renewed by one of two instances, and its refresh token spent once', async () => {
    office.world.clock.advance(HOUR);
    const before = tokenCalls();
    const id = (await office.open.database.selectFrom('partnerGrant').select('accountId').executeTakeFirst())
      ?.accountId;
    const patience = AbortSignal.timeout(20_000);
    const instances = [office.partnerGrants, office.another().partnerGrants];
    const all = await Promise.all(
      Array.from({ length: 10 }, (_, at) => instances[at % 2]?.access(id ?? '', patience)),
    );
    expect(new Set(all.map(one => one?.kind))).toEqual(new Set(['access']));
    expect(tokenCalls()).toBe(before + 1);
  });

  it('ends when the answer to its refresh is lost and the token was good once: roles are shown by the key, and it is asked for again', async () => {
    office.world.clock.advance(HOUR);
    loseAnswer();
    const shown = await rolesOf();
    expect([shown.status, (await state()).roles]).toEqual([200, 'ended']);
    expect((await rolesOf()).headers.get('Allow')).toBe('GET');
    expect((await save()).status).toBe(403);
    await allow();
    expect(await state()).toMatchObject({ mode: 'roles', roles: 'given' });
  });

  it('outlives a lost answer where the token is good until the next one is used', async () => {
    office.world.oddities.partnerRefreshOnce = false;
    office.world.clock.advance(HOUR);
    loseAnswer();
    expect((await rolesOf()).headers.get('Allow')).toBe('GET, PATCH');
    expect((await state()).roles).toBe('given');
  });

  it('is renewed once when the service takes a token no more before its time', async () => {
    let refused = 0;
    meddle = async (request, ask) => {
      if (!request.url.endsWith('/v2/settings') || refused > 0) return ask(request);
      refused += 1;
      return new Response(null, { status: 401 });
    };
    const before = tokenCalls();
    expect((await rolesOf()).status).toBe(200);
    expect([refused, tokenCalls()]).toEqual([1, before + 1]);
    expect((await state()).roles).toBe('given');
  });

  it('ends when a token that was given a moment ago is refused too, and stands in the history', async () => {
    meddle = async (request, ask) =>
      request.url.endsWith('/v2/settings') ? new Response(null, { status: 401 }) : ask(request);
    expect((await rolesOf()).status).toBe(200);
    expect(await state()).toMatchObject({ mode: 'reading', roles: 'ended' });
    expect((await connectionChanges())[0]).toEqual(['partner', 'v3']);
  });

  it('ends when the client has taken it back in the service', async () => {
    office.world.partners.revoke(office.world.chat.id);
    expect((await rolesOf()).status).toBe(200);
    expect((await state()).roles).toBe('ended');
  });

  it('ends for nobody because the partner’s own password has changed', async () => {
    office.world.clock.advance(HOUR);
    meddle = async (request, ask) =>
      request.url.endsWith('/v2/oauth/token') ? new Response('{}', { status: 401 }) : ask(request);
    expect((await rolesOf()).status).toBe(502);
    meddle = null;
    expect((await rolesOf()).headers.get('Allow')).toBe('GET, PATCH');
  });

  it('is used every day, since what nobody uses ends within a week', async () => {
    expect(await office.partnerGrants.due()).toEqual([]);
    office.world.clock.advance(24 * HOUR);
    const before = tokenCalls();
    for (const id of await office.partnerGrants.due())
      await office.partnerGrants.renewEarly(id, AbortSignal.timeout(20_000));
    expect([tokenCalls(), await office.partnerGrants.due()]).toEqual([before + 1, []]);
  });

  /** It happened, and nobody heard. */
  function loseAnswer(): void {
    let isLost = false;
    meddle = async (request, ask) => {
      const answer = await ask(request);
      if (isLost || !request.url.endsWith('/v2/oauth/token')) return answer;
      isLost = true;
      throw new TypeError('fetch failed: the connection was reset');
    };
  }
});

describe('a server that is no partner of the service', () => {
  it('offers nothing, and has no such page', async () => {
    await office.open.close();
    office = await installedOffice({ keyKind: 'v3' });
    expect(await state()).toMatchObject({ roles: 'none' });
    const begins = office.ask(ADMIN, 'POST /connection/journey', { purpose: 'roles' });
    expect((await begins).status).toBe(404);
    expect((await browserOf(office)(`${CALLBACK}?code=c&state=s`)).status).toBe(400);
  });
});
