/** An administrator permits the server to write roles, on the chat service's own page. */
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ADMIN, SELLER_A } from '../world/people.ts';
import { browserOf } from './browser.ts';
import { installedOffice, type Office } from './office.ts';
import { CALLBACK, partnerOffice, type PartnerOffice } from './partner-office.ts';

let partner: PartnerOffice;
let office: Office;
beforeEach(async () => {
  partner = await partnerOffice();
  ({ office } = partner);
});
afterEach(() => office.open.close());

const said = async (answer: Response): Promise<unknown> => [answer.status, await answer.text()];
const ending = (words: string): unknown => [400, expect.stringContaining(words)];

describe('permitting the server to write roles', () => {
  it('is offered to administrators when the key can do everything else', async () => {
    expect(await partner.state()).toMatchObject({ mode: 'reading', roles: 'offered' });
    expect((await office.ask(SELLER_A, 'POST /connection/journey', { purpose: 'roles' })).status).toBe(403);
  });

  it('leads to a question with the channels and "No" first; after a yes roles can be written', async () => {
    const visit = browserOf(office);
    const consent = new URL(await partner.sentOff(visit));
    expect(Object.fromEntries(consent.searchParams)).toMatchObject({
      response_type: 'code',
      redirect_uri: office.origin + CALLBACK,
      code_challenge_method: 'S256',
    });
    const back = await visit(await partner.choose(consent.href, office.world.chat));
    const question = await (await visit(back.headers.get('Location') ?? '')).text();
    expect(question).toContain('Let crm.amocrm.ru set roles in this Wazzup account?');
    expect(question).toContain('Продажи · 79865784457');
    expect(question.indexOf('value="no" autofocus')).toBeLessThan(question.indexOf('value="yes"'));
    expect(await partner.state()).toMatchObject({ mode: 'reading' });
    await visit('/connect/answer', { answer: 'yes' });
    expect(await partner.state()).toMatchObject({ mode: 'roles', roles: 'given' });
    expect((await partner.save()).status).toBe(200);
    expect(office.world.chat.settings.userRoles).toMatchObject([
      { userId: String(SELLER_A), role: 'seller', allowGetNewClients: true },
    ]);
    expect((await office.ask(ADMIN, 'GET /settings')).headers.get('Allow')).toBe('GET, PATCH');
    expect(await partner.connectionChanges()).toContainEqual(['v3', 'partner']);
  });

  it('changes nothing after a no, here or on the service’s page', async () => {
    const visit = browserOf(office);
    await partner.asked(visit);
    await visit('/connect/answer', { answer: 'no' });
    const other = browserOf(office);
    const declined = await other(await partner.choose(await partner.sentOff(other), null));
    expect(await declined.text()).toContain('Nothing was connected');
    expect(await partner.state()).toMatchObject({ mode: 'reading', roles: 'offered' });
  });

  it('does not use a code with a forged state, or in a browser that did not start the journey', async () => {
    const visit = browserOf(office);
    const back = new URL(await partner.choose(await partner.sentOff(visit), office.world.chat));
    const forged = new URL(back);
    forged.searchParams.set('state', 'a'.repeat(64));
    expect((await visit(forged.href)).status).toBe(400);
    const stranger = browserOf(office);
    expect((await stranger(back.href)).status).toBe(400);
    // A code from another person's journey in this administrator's browser.
    const theirs = browserOf(office);
    const foreign = new URL(await partner.choose(await partner.sentOff(theirs), office.world.openChat()));
    expect((await visit(foreign.href)).status).toBe(400);
    expect(partner.tokenCalls()).toBe(0);
    expect((await visit(back.href)).status).toBe(303);
  });

  it('uses a code once, even if the browser comes back with it again', async () => {
    const visit = browserOf(office);
    const back = await partner.choose(await partner.sentOff(visit), office.world.chat);
    expect([(await visit(back)).status, (await visit(back)).status]).toEqual([303, 303]);
    expect(partner.tokenCalls()).toBe(1);
  });

  it('expires after twenty minutes', async () => {
    const visit = browserOf(office);
    const back = await partner.choose(await partner.sentOff(visit), office.world.chat);
    await sql`update journey set until = now()`.execute(office.open.database);
    expect((await visit(back)).status).toBe(400);
    expect(partner.tokenCalls()).toBe(0);
  });

  it.each([
    [
      'another chat account',
      () => partner.asked(browserOf(office), office.world.openChat()),
      'These channels aren’t those',
    ],
    [
      'an account without channels, which could belong to anybody',
      () => {
        office.world.chat.channels.length = 0;
        return partner.asked(browserOf(office));
      },
      'These channels aren’t those',
    ],
    [
      'roles in an unknown format',
      () => {
        partner.meddle = (request, ask) =>
          request.url.endsWith('/v2/settings')
            ? Promise.resolve(Response.json({ data: { roles: [] } }))
            : ask(request);
        return partner.asked(browserOf(office));
      },
      'we can’t read its roles this way',
    ],
    [
      'a token endpoint that leads elsewhere',
      () => {
        partner.meddle = (request, ask) =>
          request.url.endsWith('/v2/oauth/token')
            ? Promise.resolve(Response.redirect('https://evil.example/', 307))
            : ask(request);
        return partner.asked(browserOf(office));
      },
      'Wazzup isn’t responding',
    ],
  ] as const)('keeps nothing of %s', async (_what, comes, words) => {
    expect(await said(await comes())).toEqual(ending(words));
    expect(office.sent.some(one => one.includes('evil.example'))).toBe(false);
    expect(await partner.state()).toMatchObject({ mode: 'reading', roles: 'offered' });
    expect(await office.open.database.selectFrom('partnerGrant').selectAll().execute()).toEqual([]);
  });

  it('fails when the account is connected with another key before the yes', async () => {
    const visit = browserOf(office);
    await partner.asked(visit);
    const [key] = [...office.world.chat.keys].find(([, kind]) => kind === 'sidecar') ?? [];
    await office.ask(ADMIN, 'PUT /connection', { key, replaces: true });
    expect((await visit('/connect/answer', { answer: 'yes' })).status).toBe(400);
    expect(await partner.state()).toMatchObject({ mode: 'channels', roles: 'none' });
  });

  it.each([
    ['a disconnection', () => office.ask(ADMIN, 'DELETE /connection')],
    [
      'another key',
      () => {
        const [key] = office.world.openChat().keys.keys();
        return office.ask(ADMIN, 'PUT /connection', { key, replaces: true });
      },
    ],
  ])('is revoked by %s', async (_what, ends) => {
    await partner.allow();
    expect((await ends()).ok).toBe(true);
    expect(await office.open.database.selectFrom('partnerGrant').selectAll().execute()).toEqual([]);
  });

  it('keeps tokens and the partner’s password out of answers and encrypted in the database', async () => {
    const secrets: string[] = [office.world.partners.password];
    partner.meddle = async (request, ask) => {
      const answer = await ask(request);
      if (request.url.endsWith('/v2/oauth/token'))
        secrets.push(...(/"(?:at|rt)-[^"]+"/g[Symbol.match](await answer.clone().text()) ?? []));
      return answer;
    };
    const visit = browserOf(office);
    const back = await partner.asked(visit);
    const exposed = [await (await visit(back.headers.get('Location') ?? '')).text()];
    const kept = async (): Promise<string> => {
      const { database } = office.open;
      const rows = [
        await database.selectFrom('journey').selectAll().execute(),
        await database.selectFrom('partnerGrant').selectAll().execute(),
        await database.selectFrom('change').selectAll().execute(),
      ];
      return JSON.stringify(rows);
    };
    exposed.push(await kept());
    exposed.push(await (await visit('/connect/answer', { answer: 'yes' })).text(), await kept());
    for (const route of ['GET /connection', 'GET /settings', 'GET /history'])
      exposed.push(await (await office.ask(ADMIN, route)).text());
    expect(secrets).toHaveLength(3);
    for (const secret of secrets) expect(exposed.join()).not.toContain(secret.replaceAll('"', ''));
  });
});

describe('a server that is not a partner of the service', () => {
  it('does not offer the permission and has no page for it', async () => {
    await office.open.close();
    office = await installedOffice({ keyKind: 'v3' });
    expect(await (await office.ask(ADMIN, 'GET /connection')).json()).toMatchObject({ roles: 'none' });
    const begins = office.ask(ADMIN, 'POST /connection/journey', { purpose: 'roles' });
    expect((await begins).status).toBe(404);
    expect((await browserOf(office)(`${CALLBACK}?code=c&state=s`)).status).toBe(400);
  });
});
