import { decodeJwt } from 'jose';
import { describe, expect, it } from 'vitest';
import { ADMIN, SELLER_A, SELLER_B } from '../../../world/people.ts';
import {
  asked,
  codeOf,
  connectedWorld,
  hostsOf,
  pairFor,
  REDIRECT,
  tokenRoute,
} from '../../../support/listening-crm.ts';

const HOUR = 3_600_000;

function account() {
  const world = connectedWorld();
  return { world, crm: world.crm, ask: hostsOf(world), route: tokenRoute(world.crm) };
}
const hintOf = async (response: Response): Promise<unknown> => {
  const { hint, detail, title } = await response.json();
  expect([title, detail]).toEqual([
    'Некорректный запрос',
    'В запросе отсутствует ряд параметров или параметры невалидны',
  ]);
  return [response.status, hint];
};

describe('the token endpoint', () => {
  it('answers a code with a pair of tokens, whose claims name the person, the integration and the account', async () => {
    const { world, crm, ask, route } = account();
    const grant = { grant_type: 'authorization_code', code: codeOf(crm) };
    const response = await ask(route, asked(crm, grant));
    const { access_token, ...rest } = await response.json();
    expect(rest).toEqual({ token_type: 'Bearer', expires_in: 86_400, refresh_token: rest.refresh_token });
    const now = world.clock.now() / 1000;
    expect(decodeJwt(access_token)).toMatchObject({
      sub: String(ADMIN),
      aud: crm.integration.uuid,
      account_id: crm.account.id,
      base_domain: 'amocrm.ru',
      api_domain: 'api-b.amocrm.ru',
      iat: now,
      exp: now + 86_400,
    });
  });

  it('refuses a code that is used, too old or unknown', async () => {
    const { world, crm, ask, route } = account();
    const code = codeOf(crm);
    const old = codeOf(crm);
    const answers: unknown[] = [];
    const tried = async (one: string): Promise<void> => {
      const response = await ask(route, asked(crm, { grant_type: 'authorization_code', code: one }));
      answers.push(response.ok ? 'taken' : await hintOf(response));
    };
    await tried(code);
    await tried(code);
    await tried('def502');
    world.clock.advance(HOUR);
    await tried(old);
    expect(answers).toEqual([
      'taken',
      [401, 'Authorization code has been revoked'],
      [401, 'Cannot decrypt the authorization code'],
      [401, 'Authorization code has expired'],
    ]);
  });

  it('gives a new pair for each refresh, and refuses a used token with the configured status', async () => {
    const { world, crm, ask, route } = account();
    const { refresh_token } = await pairFor(ask, crm);
    const refresh = { grant_type: 'refresh_token', refresh_token };
    expect((await ask(route, asked(crm, refresh))).status).toBe(200);
    world.oddities.tokenRefusalStatus = 400;
    expect(await hintOf(await ask(route, asked(crm, refresh)))).toEqual([400, 'Token has been revoked']);
  });

  it.each([
    ['another secret', { client_secret: 'x' }],
    ['another integration', { client_id: '0b0123f4-d123-4123-9123-e09f12345600' }],
    ['a redirect address that differs in one character', { redirect_uri: `${REDIRECT}/` }],
  ])('refuses a client with %s', async (_what, change) => {
    const { crm, ask, route } = account();
    const { json } = asked(crm, { grant_type: 'authorization_code', code: codeOf(crm) });
    expect(await hintOf(await ask(route, { json: { ...Object(json), ...change } }))).toEqual([
      401,
      undefined,
    ]);
  });

  it('accepts only JSON, and requires the redirect address', async () => {
    const { crm, ask, route } = account();
    const given = asked(crm, { grant_type: 'authorization_code', code: codeOf(crm) });
    const form = await ask(route, {
      ...given,
      headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
    });
    const { redirect_uri: _, ...without } = Object(given.json);
    expect([form.status, (await ask(route, { json: without })).status]).toEqual([400, 400]);
  });

  it('names a field that it does not know', async () => {
    const { world, crm, ask, route } = account();
    const grant = { grant_type: 'authorization_code', code: codeOf(crm), scope: 'crm' };
    expect((await ask(route, asked(crm, grant))).status).toBe(501);
    expect(world.unhandledRequests).toEqual(['POST /oauth2/access_token {scope}']);
  });

  it('keeps the grant after a 403 from nginx', async () => {
    const { world, crm, ask, route } = account();
    const { refresh_token } = await pairFor(ask, crm);
    world.disturbances.add(/oauth2\/access_token/, 'forbidden-html');
    const refresh = asked(crm, { grant_type: 'refresh_token', refresh_token });
    const refused = await ask(route, refresh);
    expect([refused.status, await refused.text()]).toEqual([403, expect.stringContaining('nginx')]);
    expect((await ask(route, refresh)).status).toBe(200);
  });
});

describe('an access token', () => {
  const me = '/api/v4/account';

  it('is valid for its own account only', async () => {
    const { world, crm, ask } = account();
    const other = world.openAccount({ subdomain: 'second' });
    const pair = await pairFor(ask, crm);
    const statuses = [crm, other].map(
      async one => (await ask(`GET ${one.account.origin}${me}`, { pair })).status,
    );
    expect(await Promise.all(statuses)).toEqual([200, 401]);
  });

  it('is valid for the API, and not for the routes of the page', async () => {
    const { crm, ask } = account();
    const pair = await pairFor(ask, crm);
    const url = `${crm.account.origin}/ajax/v2/integrations/${crm.integration.uuid}/disposable_token`;
    const headers = { 'X-Requested-With': 'XMLHttpRequest' };
    expect((await ask(`GET ${url}`, { pair, headers })).status).toBe(401);
  });

  it.each<[string, (given: ReturnType<typeof account>) => void]>([
    ['has expired', ({ world }) => world.clock.advance(24 * HOUR)],
    ['was revoked', ({ crm }) => crm.oauth.revoke({ userId: ADMIN })],
    [
      'belongs to an integration that was switched off',
      ({ crm }) => Object.assign(crm.integration, { active: false }),
    ],
  ])('is refused when it %s', async (_why, happens) => {
    const given = account();
    const pair = await pairFor(given.ask, given.crm);
    happens(given);
    expect((await given.ask(`GET ${given.crm.account.origin}${me}`, { pair })).status).toBe(401);
  });

  it('with another signature is refused', async () => {
    const { crm, ask } = account();
    const foreign = account();
    const theirs = await pairFor(foreign.ask, foreign.crm);
    expect((await ask(`GET ${crm.account.origin}${me}`, { pair: theirs })).status).toBe(401);
  });

  it("of an administrator stays valid after they have left, and a seller's does not", async () => {
    const { crm, ask } = account();
    const pairs = [await pairFor(ask, crm), await pairFor(ask, crm, SELLER_A)];
    const { id } = crm.addContact('Anna', [], SELLER_B);
    for (const person of [ADMIN, SELLER_A]) Object.assign(crm.users.get(person) ?? {}, { isActive: false });
    const statuses = pairs.map(async pair => {
      const route = `PATCH ${crm.account.origin}/api/v4/contacts/${id}`;
      return (await ask(route, { pair, json: { responsible_user_id: SELLER_B } })).status;
    });
    expect(await Promise.all(statuses)).toEqual([200, 401]);
  });

  it("follows a seller's current rights", async () => {
    const { crm, ask } = account();
    const pair = await pairFor(ask, crm, SELLER_A);
    const { id } = crm.addContact('Anna', [], SELLER_B);
    const seen = async (): Promise<number> =>
      (await ask(`GET ${crm.account.origin}/api/v4/contacts/${id}`, { pair })).status;
    const before = await seen();
    Object.assign(crm.users.get(SELLER_A) ?? {}, { contacts: { view: 'M', edit: 'M' } });
    expect([before, await seen()]).toEqual([200, 204]);
  });
});

describe('X-Context-User-ID', () => {
  it("lets an administrator's grant act as another person, with their name and rights", async () => {
    const { crm, ask } = account();
    const pair = await pairFor(ask, crm);
    const { id } = crm.addContact('Anna', [], SELLER_A);
    const headers = { 'X-Context-User-ID': String(SELLER_A) };
    const route = `PATCH ${crm.account.origin}/api/v4/contacts/${id}`;
    await ask(route, { pair, headers, json: { responsible_user_id: SELLER_B } });
    expect(crm.ownerChanges.map(one => [one.createdBy, one.after])).toEqual([[SELLER_A, SELLER_B]]);
    Object.assign(crm.users.get(SELLER_A) ?? {}, { contacts: { view: 'A', edit: 'M' } });
    const refused = await ask(route, { pair, headers, json: { responsible_user_id: ADMIN } });
    expect([refused.status, crm.contacts.get(id)?.responsibleUserId]).toEqual([400, SELLER_B]);
  });

  it('acts in their name with the rights of the grant’s grantOwner, in a CRM that works so', async () => {
    const { world, crm, ask } = account();
    world.oddities.contextRights = 'givers';
    const pair = await pairFor(ask, crm);
    const contact = crm.addContact('Anna', [], SELLER_B);
    const lead = crm.addLead('Doors', [contact.id], SELLER_B);
    const task = crm.writeTask(ADMIN, {
      entityType: 'contacts',
      entityId: contact.id,
      text: 'Call',
      completeTill: 1,
      responsibleUserId: SELLER_B,
    });
    const none = { view: 'D', edit: 'D' } as const;
    Object.assign(crm.users.get(SELLER_A) ?? {}, { contacts: none, leads: none, tasks: 'D' });
    const headers = { 'X-Context-User-ID': String(SELLER_A) };
    const api = `${crm.account.origin}/api/v4`;
    const note = [{ note_type: 'common', params: { text: 'Told' } }];
    const answers = [
      await ask(`GET ${api}/contacts/${contact.id}`, { pair, headers }),
      await ask(`POST ${api}/contacts/${contact.id}/notes`, { pair, headers, json: note }),
      await ask(`PATCH ${api}/tasks/${task.id}`, { pair, headers, json: { is_completed: true } }),
      await ask(`PATCH ${api}/leads`, {
        pair,
        headers,
        json: [{ id: lead.id, responsible_user_id: SELLER_A }],
      }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect([crm.notes[0]?.createdBy, crm.ownerChanges[0]?.createdBy]).toEqual([SELLER_A, SELLER_A]);
    world.oddities.contextRights = 'theirs';
    const hidden = await ask(`GET ${api}/contacts/${contact.id}`, { pair, headers });
    expect(hidden.status).toBe(204);
  });

  it('does not change the rights of other people', async () => {
    const { world, crm, ask } = account();
    world.oddities.contextRights = 'givers';
    const { id } = crm.addContact('Anna', [], SELLER_B);
    Object.assign(crm.users.get(SELLER_A) ?? {}, { contacts: { view: 'M', edit: 'M' } });
    const pair = await pairFor(ask, crm, SELLER_A);
    const answer = await ask(`GET ${crm.account.origin}/api/v4/contacts/${id}`, { pair });
    expect(answer.status).toBe(204);
  });

  it.each<[string, number, number, Record<string, boolean>]>([
    ['from a seller', SELLER_A, SELLER_B, {}],
    ['for an unknown person', ADMIN, 1, {}],
    ['for a free user', ADMIN, SELLER_B, { isFree: true }],
    ['for a person who has left', ADMIN, SELLER_B, { isActive: false }],
  ])('is refused %s', async (_who, grantOwner, context, change) => {
    const { crm, ask } = account();
    const pair = await pairFor(ask, crm, grantOwner);
    Object.assign(crm.users.get(SELLER_B) ?? {}, change);
    const headers = { 'X-Context-User-ID': String(context) };
    expect((await ask(`GET ${crm.account.origin}/api/v4/account`, { pair, headers })).status).toBe(403);
  });
});
