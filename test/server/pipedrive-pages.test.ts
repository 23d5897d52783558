/** What pages in Pipedrive's frames get from the server, and which pages get it. */
import { SignJWT, UnsecuredJWT } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { signedToken } from '../mocks/pipedrive/signed-token.ts';
import { kinds } from '../support/databases.ts';
import { ADMIN, SELLER_A, SELLER_B } from '../world/people.ts';
import type { Company } from '../world/pipedrive/company.ts';
import type { Person } from '../world/pipedrive/persons.ts';
import { pipedriveOffice, takenBackBy, patient, type PipedriveOffice } from '../support/pipedrive-office.ts';

const MINUTE = 60_000;
const codeOf = async (answer: Response): Promise<unknown> => [answer.status, (await answer.json()).error];
const asked = ({ sent }: PipedriveOffice): string[] =>
  sent.map(one => one.replace('https://acme.pipedrive.com/api/', ''));

describe.each(kinds())('a page of a company (%s)', kind => {
  let office: PipedriveOffice;
  let company: Company;
  let client: Person;
  beforeAll(async () => {
    office = await pipedriveOffice(kind);
    ({ company } = office);
    client = company.addPerson({ name: 'Anna', phones: ['+7 999 111-22-33'], ownerId: SELLER_A });
    await office.allow(ADMIN);
    await office.allow(SELLER_A);
  });
  afterAll(() => office.open.close());
  beforeEach(() => void (office.sent.length = 0));
  const sealed = (claims: Record<string, unknown>, secret = company.app.jwtSecret): Promise<string> =>
    new SignJWT(claims)
      .setProtectedHeader({ alg: 'HS256' })
      .setExpirationTime(Math.floor(company.now() / 1000) + 300)
      .sign(new TextEncoder().encode(secret));

  it('learns the person, the employees and the client in one answer', async () => {
    const answer = await office.ask(SELLER_A, `GET /page?resource=person&id=${client.id}`);
    expect(await answer.json()).toMatchObject({
      me: { id: String(SELLER_A), isAdmin: false, phone: company.users.get(SELLER_A)?.phone },
      account: { id: String(company.id), country: 'RU', origin: 'https://acme.pipedrive.com' },
      locale: 'ru',
      employees: expect.arrayContaining([
        expect.objectContaining({
          id: String(ADMIN),
          isAdmin: true,
          isActive: true,
          seesAll: true,
        }),
        expect.objectContaining({ id: String(SELLER_B), isAdmin: false, seesAll: false, groupId: '1' }),
      ]),
      groups: expect.arrayContaining([{ id: '1', name: 'Отдел продаж', parentId: null }]),
      client: {
        contactId: String(client.id),
        dealId: null,
        name: 'Anna',
        ownerId: String(SELLER_A),
        visibleTo: 3,
        hasOthers: false,
        phones: ['+7 999 111-22-33'],
        dealIds: [],
      },
      ownSettings: { version: '0', settings: null },
    });
  });

  it('learns the client’s level of visibility', async () => {
    const { id } = company.addPerson({ name: 'Anna', ownerId: SELLER_A, visibleTo: 1 });
    const page = await (await office.ask(SELLER_A, `GET /page?resource=person&id=${id}`)).json();
    expect(page.client).toMatchObject({ contactId: String(id), visibleTo: 1 });
  });

  it('learns that administrators of the deals app see all clients, too', async () => {
    company.changeUser(ADMIN, SELLER_B, { adminOf: ['sales'] });
    office.world.clock.advance(MINUTE);
    const page = await (await office.ask(SELLER_A, 'GET /page')).json();
    expect(page.employees).toContainEqual(
      expect.objectContaining({ id: String(SELLER_B), isAdmin: false, seesAll: true }),
    );
    company.changeUser(ADMIN, SELLER_B, { adminOf: [] });
  });

  it('gets the administrators’ settings as soon as they are saved', async () => {
    const settings = { v: 1, standInOwners: ['8005'] };
    const written = await office.app(
      new Request(`${office.origin}/pipedrive/api/own-settings`, {
        method: 'PUT',
        headers: { 'X-Auth-Token': await signedToken(company, ADMIN), 'If-Match': '"0"' },
        body: JSON.stringify(settings),
      }),
    );
    expect(written.status).toBe(200);
    const page = await (await office.ask(SELLER_A, 'GET /page')).json();
    expect(page.ownSettings).toEqual({ version: '1', settings });
  });

  it('makes the server read only the client when it is opened again within a minute', async () => {
    await office.ask(SELLER_A, `GET /page?resource=person&id=${client.id}`);
    expect(asked(office)).toEqual([`GET v2/persons/${client.id}`]);
    office.world.clock.advance(MINUTE);
    await office.ask(SELLER_A, `GET /page?resource=person&id=${client.id}`);
    expect(asked(office)).toContain('GET v1/users');
  });

  it.each([403, 404] as const)('gets no client that its person may not see (%s)', async status => {
    office.world.pipedrive.oddities.hiddenPerson = status;
    const hidden = company.addPerson({ name: 'Zoe', ownerId: ADMIN, visibleTo: 1 });
    const answer = await office.ask(SELLER_A, `GET /page?resource=person&id=${hidden.id}`);
    expect([answer.status, (await answer.json()).client]).toEqual([200, null]);
    const theirs = await office.ask(ADMIN, `GET /page?resource=person&id=${hidden.id}`);
    expect((await theirs.json()).client).toMatchObject({ name: 'Zoe' });
  });

  it('of an employee who has given no access is refused, and no other grant is used', async () => {
    const answers = [
      await office.ask(SELLER_B, `GET /page?resource=person&id=${client.id}`),
      await office.ask(SELLER_B, `GET /crm/v2/persons/${client.id}`),
    ];
    expect(await Promise.all(answers.map(codeOf))).toEqual([
      [403, 'GRANT_MISSING'],
      [403, 'GRANT_MISSING'],
    ]);
    expect(asked(office)).toEqual([]);
  });

  it('is refused without a fresh token that Pipedrive signed for it', async () => {
    const exp = Math.floor(company.now() / 1000) + 300;
    const claims = { userId: ADMIN, companyId: company.id };
    const forged: readonly (readonly [string | null, string])[] = [
      [null, 'TOKEN_MISSING'],
      ['x.y.z', 'TOKEN_INVALID'],
      [new UnsecuredJWT({ ...claims, exp }).encode(), 'TOKEN_INVALID'],
      [await signedToken(company, ADMIN, { alg: 'HS512' }), 'TOKEN_INVALID'],
      [await signedToken(company, ADMIN, { secret: 'another' }), 'TOKEN_INVALID'],
      [await signedToken(company, ADMIN, { ageSeconds: 10 * 60 }), 'TOKEN_EXPIRED'],
      [await sealed({ ...claims, userId: String(ADMIN) }), 'TOKEN_INVALID'],
      [await sealed({ userId: ADMIN }), 'TOKEN_INVALID'],
      [
        await new SignJWT(claims)
          .setProtectedHeader({ alg: 'HS256' })
          .sign(new TextEncoder().encode(company.app.jwtSecret)),
        'TOKEN_INVALID',
      ],
    ];
    for (const [token, code] of forged) {
      const answer = await office.askWith(token, 'GET /page');
      expect([token, ...[await codeOf(answer)].flat()]).toEqual([token, 401, code]);
    }
  });

  it('cannot read another company’s data with its token', async () => {
    const other = office.world.pipedrive.openCompany({ domain: `other-${kind}` });
    const theirs = other.addPerson({ name: 'Theirs', ownerId: ADMIN });
    for (let at = 0; at < 20; at += 1) other.addPerson({ name: 'More', ownerId: ADMIN });
    // An id alone does not identify an account, because two CRMs may use the same one.
    await office.open.database
      .insertInto('account')
      .values({ crm: 'amocrm', crmAccountId: String(other.id), state: 'active' })
      .execute();
    const unknown = await office.askWith(await signedToken(other, ADMIN), 'GET /page');
    expect(await codeOf(unknown)).toEqual([403, 'ACCOUNT_UNKNOWN']);
    await office.allow(ADMIN, other);
    const beyond = [...other.persons.keys()].filter(id => !company.persons.has(id));
    office.sent.length = 0;
    for (const id of [theirs.id, ...beyond]) {
      const page = await (await office.ask(ADMIN, `GET /page?resource=person&id=${id}`)).json();
      expect(JSON.stringify(page)).not.toMatch(/Theirs|More/);
    }
    expect(office.sent.some(one => one.includes(other.host))).toBe(false);
  });

  it('uses the server’s other routes as the same person', async () => {
    const mine = await office.ask(SELLER_A, 'GET /account');
    expect([mine.status, await mine.json()]).toMatchObject([200, { state: 'active' }]);
    expect(await codeOf(await office.ask(SELLER_A, 'GET /leaving'))).toEqual([403, 'ADMINS_ONLY']);
    expect((await office.ask(ADMIN, 'GET /leaving')).status).toBe(200);
    expect(await codeOf(await office.ask(ADMIN, 'GET /v3/channels'))).toEqual([409, 'CHAT_NOT_CONNECTED']);
  });

  it('of another site is refused, whatever token it has', async () => {
    const answer = await office.app(
      new Request(`${office.origin}/pipedrive/api/page`, {
        headers: { Origin: 'https://evil.example', 'X-Auth-Token': await signedToken(company, ADMIN) },
      }),
    );
    expect(await codeOf(answer)).toEqual([403, 'ORIGIN_FOREIGN']);
    expect(answer.headers.get('Access-Control-Allow-Origin')).toBeNull();
  });
});

describe('the files of the pages', () => {
  let office: PipedriveOffice;
  beforeAll(async () => {
    office = await pipedriveOffice('embedded');
  });
  afterAll(() => office.open.close());
  const get = (path: string): Promise<Response> => office.app(new Request(`${office.origin}${path}`));

  it.each(['panel', 'settings'])(
    '%s may be framed by Pipedrive alone, and runs nothing but its own',
    async name => {
      const { status, headers } = await get(`/pipedrive/${name}?id=1&token=secret`);
      const policy = headers.get('Content-Security-Policy') ?? '';
      expect([status, headers.get('Content-Type')]).toEqual([200, 'text/html; charset=utf-8']);
      expect(policy.split('; ')).toEqual(
        expect.arrayContaining([
          "default-src 'none'",
          "script-src 'self'",
          "connect-src 'self'",
          'frame-ancestors https://*.pipedrive.com',
        ]),
      );
      expect(policy).not.toMatch(/unsafe|\*(?!\.pipedrive\.com)/);
      expect([
        headers.get('X-Frame-Options'),
        headers.get('Referrer-Policy'),
        headers.get('Cache-Control'),
      ]).toEqual([null, 'no-referrer', 'no-store']);
    },
  );

  it('are cached forever if their names change with their content', async () => {
    const asset = await get('/pipedrive/assets/pipedrive-1a2b.js');
    expect([asset.status, asset.headers.get('Content-Type'), asset.headers.get('Cache-Control')]).toEqual([
      200,
      'text/javascript',
      'public, max-age=31536000, immutable',
    ]);
  });

  it.each(['/pipedrive/assets/..%2fpanel.html', '/pipedrive/assets/none.js', '/pipedrive/other'])(
    'are not at %s',
    async path => {
      expect((await get(path)).status).toBe(404);
    },
  );
});

describe('an uninstall', () => {
  it('of the last person also ends the access of their pages', async () => {
    const office = await pipedriveOffice();
    await office.allow(SELLER_A);
    expect((await office.ask(SELLER_A, 'GET /page')).status).toBe(200);
    office.world.pipedrive.oauth.end(office.company, SELLER_A);
    await office.called('DELETE', takenBackBy(office, SELLER_A));
    await office.accounts.takenBack.work(patient());
    expect(await codeOf(await office.ask(SELLER_A, 'GET /page'))).toEqual([403, 'ACCOUNT_UNKNOWN']);
    await office.open.close();
  });
});
