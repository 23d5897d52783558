/** How a person allows the app, and which tokens the app gets. */
import { describe, expect, it } from 'vitest';
import { consentHandlers, deniedAddress } from '../../../mocks/pipedrive/consent.ts';
import { answer } from '../../../mocks/answer.ts';
import { ADMIN, SELLER_A } from '../../../world/people.ts';
import {
  grantAsked,
  pipedriveCodeOf,
  pipedrivePair,
  pipedriveStage,
  TOKEN,
  type PipedriveStage,
} from '../../../support/listening-pipedrive.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const ME = 'GET /api/v1/users/me';

const exchanged = ({ world, ask }: PipedriveStage, form: Record<string, string>): Promise<Response> =>
  ask(TOKEN, grantAsked(world, { grant_type: 'authorization_code', ...form }));
const refreshed = ({ world, ask }: PipedriveStage, refresh_token: string): Promise<Response> =>
  ask(TOKEN, grantAsked(world, { grant_type: 'refresh_token', refresh_token }));

describe('the page of consent', () => {
  const asked = (stage: PipedriveStage, query: Record<string, string>, form?: Record<string, string>) => {
    const { clientId, callback } = stage.world.pipedrive.app;
    const fields = { client_id: clientId, redirect_uri: callback, state: 'ours', ...query };
    const url = `https://oauth.pipedrive.com/oauth/authorize?${String(new URLSearchParams(fields))}`;
    const body = form && new URLSearchParams({ ...fields, ...form });
    const handlers = consentHandlers(stage.world, () => SELLER_A);
    return answer(stage.world, handlers, new Request(url, body ? { method: 'POST', body } : {}));
  };
  const statusOf = (answered: unknown): unknown =>
    answered instanceof Response ? answered.status : answered;

  it('offers the person’s companies, and sends them back with a code and our state', async () => {
    const stage = pipedriveStage();
    const page = await asked(stage, {});
    expect(page instanceof Response && (await page.text())).toContain('acme.pipedrive.com');
    const led = await asked(stage, {}, { company_id: String(stage.company.id), decision: 'allow' });
    const to = new URL((led instanceof Response && led.headers.get('Location')) || 'none:');
    expect([to.origin + to.pathname, to.searchParams.get('state')]).toEqual([
      stage.world.pipedrive.app.callback,
      'ours',
    ]);
    const redirect_uri = stage.world.pipedrive.app.callback;
    const code = to.searchParams.get('code') ?? '';
    expect((await exchanged(stage, { code, redirect_uri })).status).toBe(200);
  });

  it.each(['user_denied', 'access_denied'] as const)('sends them back with %s when they refuse', word => {
    const { world } = pipedriveStage();
    world.pipedrive.oddities.deniedWord = word;
    expect(deniedAddress(world, 'ours').search).toBe(`?error=${word}&state=ours`);
  });

  it('refuses a response type, and names it', async () => {
    const stage = pipedriveStage();
    expect(statusOf(await asked(stage, { response_type: 'code' }))).toBe(501);
    expect(stage.world.unhandledRequests).toEqual(['GET /oauth/authorize?response_type']);
  });

  it('refuses an address that is not the app’s own', async () => {
    const stage = pipedriveStage();
    expect(statusOf(await asked(stage, { redirect_uri: 'https://evil.example.com/' }))).toBe(400);
  });

  it('refuses a company that does not allow apps', async () => {
    const stage = pipedriveStage();
    stage.company.takesApps = false;
    const form = { company_id: String(stage.company.id), decision: 'allow' };
    expect(statusOf(await asked(stage, {}, form))).toBe(403);
  });
});

describe('the token endpoint', () => {
  it('answers a code with two long tokens and the company’s own address', async () => {
    const stage = pipedriveStage();
    const pair = await pipedrivePair(stage);
    expect(pair).toMatchObject({
      token_type: 'Bearer',
      expires_in: 3599,
      api_domain: 'https://acme.pipedrive.com',
      scope: expect.stringContaining('contacts:full'),
    });
    expect(Math.min(pair.access_token.length, pair.refresh_token.length)).toBeGreaterThanOrEqual(768);
  });

  it('accepts a code once, within five minutes, with the app’s own address', async () => {
    const stage = pipedriveStage();
    const redirect_uri = stage.world.pipedrive.app.callback;
    const code = pipedriveCodeOf(stage.world, stage.company);
    const statuses = [];
    statuses.push((await exchanged(stage, { code, redirect_uri: 'https://other.example.com/' })).status);
    statuses.push((await exchanged(stage, { code, redirect_uri })).status);
    statuses.push((await exchanged(stage, { code, redirect_uri })).status);
    const late = pipedriveCodeOf(stage.world, stage.company);
    stage.world.clock.advance(5 * MINUTE);
    statuses.push((await exchanged(stage, { code: late, redirect_uri })).status);
    expect(statuses).toEqual([400, 200, 400, 400]);
  });

  it.each<[string, string, Record<string, string>, Record<string, string>]>([
    ['an unknown client', 'invalid_client', {}, { Authorization: 'Basic eDp5' }],
    ['another content type', 'invalid_request', {}, { 'Content-Type': 'application/json' }],
    ['an unknown grant type', 'unsupported_grant_type', { grant_type: 'password' }, {}],
    ['an unknown token', 'invalid_grant', { refresh_token: 'x' }, {}],
  ])(
    'refuses %s with 400 and %s, and accepts the request without it',
    async (_what, error, form, headers) => {
      const stage = pipedriveStage();
      const { refresh_token } = await pipedrivePair(stage);
      const good = grantAsked(stage.world, { grant_type: 'refresh_token', refresh_token });
      const refused = await stage.ask(TOKEN, {
        form: { ...good.form, ...form },
        headers: { ...good.headers, ...headers },
      });
      expect([refused.status, await refused.json()]).toEqual([
        400,
        expect.objectContaining({ success: false, error }),
      ]);
      expect((await stage.ask(TOKEN, good)).status).toBe(200);
    },
  );

  it('names a field that it does not know', async () => {
    const { world, ask } = pipedriveStage();
    const form = { grant_type: 'refresh_token', refresh_token: 'x', client_id: 'ours' };
    expect((await ask(TOKEN, grantAsked(world, form))).status).toBe(501);
    expect(world.unhandledRequests).toEqual(['POST /oauth/token {client_id}']);
  });

  it.each([
    ['same', true, 200],
    ['rotated', false, 400],
  ] as const)('answers a refresh with the "%s" refresh token', async (rotation, isSame, again) => {
    const stage = pipedriveStage();
    stage.world.pipedrive.oddities.refreshRotation = rotation;
    const pair = await pipedrivePair(stage);
    const next = await (await refreshed(stage, pair.refresh_token)).json();
    expect(next.refresh_token === pair.refresh_token).toBe(isSame);
    expect((await refreshed(stage, pair.refresh_token)).status).toBe(again);
    expect((await refreshed(stage, next.refresh_token)).status).toBe(200);
  });

  it('accepts a refresh token for sixty days after each use', async () => {
    const stage = pipedriveStage();
    const { refresh_token } = await pipedrivePair(stage);
    const statuses = [];
    for (const days of [59, 59, 60]) {
      stage.world.clock.advance(days * DAY);
      statuses.push((await refreshed(stage, refresh_token)).status);
    }
    expect(statuses).toEqual([200, 200, 400]);
  });
});

describe('an access token', () => {
  it('is valid for its own company for an hour', async () => {
    const stage = pipedriveStage();
    const other = stage.world.pipedrive.openCompany({ domain: 'other' });
    const pair = await pipedrivePair(stage);
    const mine = await stage.ask(ME, { pair });
    expect((await mine.json()).data).toMatchObject({
      id: ADMIN,
      company_id: stage.company.id,
      company_domain: 'acme',
    });
    expect((await stage.ask(`GET ${other.origin}/api/v1/users/me`, { pair })).status).toBe(401);
    stage.world.clock.advance(60 * MINUTE);
    const late = await stage.ask(ME, { pair });
    expect([late.status, await late.json()]).toEqual([
      401,
      { success: false, error: 'Invalid token: access_token is invalid' },
    ]);
  });

  it('can be refused in the older form, with an oddity', async () => {
    const { world, ask } = pipedriveStage();
    world.pipedrive.oddities.unauthorizedForm = 'unauthorized-access';
    expect(await (await ask(ME)).json()).toMatchObject({ error: 'unauthorized access', errorCode: 401 });
  });

  it('is limited to the scopes that its person allowed', async () => {
    const stage = pipedriveStage();
    stage.world.pipedrive.app.scopes = ['base', 'contacts:read'];
    const pair = await pipedrivePair(stage);
    const person = stage.company.addPerson({ name: 'Anna', ownerId: ADMIN });
    const route = `/api/v2/persons/${person.id}`;
    expect((await stage.ask(`GET ${route}`, { pair })).status).toBe(200);
    const refused = await stage.ask(`PATCH ${route}`, { pair, json: { owner_id: SELLER_A } });
    expect([refused.status, await refused.json()]).toEqual([
      403,
      { success: false, error: 'Scope and URL mismatch' },
    ]);
  });
});

describe('revoking', () => {
  const REVOKE = 'POST https://oauth.pipedrive.com/oauth/revoke';

  it('ends one access token, or all tokens of the person with the refresh token', async () => {
    const stage = pipedriveStage();
    const [pair, theirs] = [await pipedrivePair(stage), await pipedrivePair(stage, SELLER_A)];
    const next = await (await refreshed(stage, pair.refresh_token)).json();
    const revoke = async (token: string) =>
      (await stage.ask(REVOKE, grantAsked(stage.world, { token }))).status;
    const states = async () =>
      Promise.all([pair, next, theirs].map(async one => (await stage.ask(ME, { pair: one })).status));
    expect([await revoke(pair.access_token), await states()]).toEqual([200, [401, 200, 200]]);
    expect([await revoke(pair.refresh_token), await states()]).toEqual([200, [401, 401, 200]]);
    expect((await refreshed(stage, pair.refresh_token)).status).toBe(400);
    expect(await revoke('nobody knows it')).toBe(200);
  });
});
