import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { disabledAddress, pressDisable, pressInstall } from '../../../mocks/amocrm/installing.ts';
import { crmHosts } from '../../../mocks/amocrm/hosts.ts';
import { standingClock } from '../../../world/clock.ts';
import { ADMIN, SELLER_A } from '../../../world/people.ts';
import { crmAs } from '../ask.ts';
import {
  asked,
  connectedWorld,
  hostsOf,
  pairFor,
  REDIRECT,
  tokenRoute,
} from '../../../support/listening-crm.ts';

/** Records the CRM's calls and gives them this answer. */
function listening(answer: () => Promise<Response> = async () => new Response()) {
  const calls: URL[] = [];
  const world = connectedWorld({
    clock: standingClock(),
    send: async request => {
      calls.push(new URL(request.url));
      return answer();
    },
  });
  const { crm } = world;
  const admin = crm.users.get(ADMIN);
  if (!admin) throw new Error('There is no administrator');
  return { world, crm, calls, install: () => pressInstall(world, crm, crm.integration, admin) };
}

describe('Install', () => {
  it('calls the redirect address with a code, the account and a mark that it came from a widget, without a state', async () => {
    const { world, crm, calls, install } = listening();
    await install();
    const [call] = calls;
    const { code, ...rest } = Object.fromEntries(call?.searchParams ?? []);
    expect(`${call?.origin}${call?.pathname}`).toBe(REDIRECT);
    expect(rest).toEqual({ referer: 'crm.amocrm.ru', from_widget: '1', platform: '1' });
    const grant = { grant_type: 'authorization_code', code: code ?? '' };
    expect((await hostsOf(world)(tokenRoute(crm), asked(crm, grant))).status).toBe(200);
  });

  it.each<[string, () => Promise<Response>]>([
    ['an error', async () => new Response(null, { status: 500 })],
    ['nothing', () => Promise.reject(new Error('refused'))],
  ])('is complete and not repeated when the address answers %s', async (_what, answer) => {
    const { world, crm, calls, install } = listening(answer);
    await install();
    await world.pass(3_600_000);
    expect([calls.length, crm.integration.active]).toEqual([1, true]);
  });

  it('waits three seconds for the address', async () => {
    const { world, install } = listening(() => new Promise(() => undefined));
    let isOver = false;
    const installing = install().finally(() => {
      isOver = true;
    });
    await new Promise(setImmediate);
    world.clock.advance(2999);
    await new Promise(setImmediate);
    expect(isOver).toBe(false);
    world.clock.advance(1);
    await installing;
  });

  it('calls no address when none is registered', async () => {
    const { crm, calls, install } = listening();
    delete crm.integration.redirectUri;
    await install();
    expect([calls, crm.integration.active]).toEqual([[], true]);
  });
});

describe('Disable', () => {
  it('calls the address of the integration with a signature, and ends every grant', async () => {
    const { world, crm, calls } = listening();
    const ask = hostsOf(world);
    crm.integration.disableUri = 'https://app.example.com/amocrm/disabled';
    const pair = await pairFor(ask, crm);
    await pressDisable(world, crm, crm.integration);
    const { uuid, secret } = crm.integration;
    const signature = createHmac('sha256', secret).update(`${uuid}|${crm.account.id}`).digest('hex');
    expect(Object.fromEntries(calls[0]?.searchParams ?? [])).toEqual({
      account_id: String(crm.account.id),
      client_uuid: uuid,
      signature,
    });
    const account = await ask(`GET ${crm.account.origin}/api/v4/account`, { pair });
    const refresh = { grant_type: 'refresh_token', refresh_token: pair.refresh_token };
    expect([account.status, (await ask(tokenRoute(crm), asked(crm, refresh))).status]).toEqual([401, 401]);
  });

  it('makes the same call each time, so it can be replayed later', async () => {
    const { world, crm } = listening();
    crm.integration.disableUri = 'https://app.example.com/amocrm/disabled';
    const first = await disabledAddress(crm, crm.integration);
    world.clock.advance(86_400_000);
    expect(await disabledAddress(crm, crm.integration)).toEqual(first);
  });

  it.each([
    [false, 1],
    [true, 0],
  ])('removes the hooks: %s', async (disableRemovesHooks, left) => {
    const { world, crm } = listening();
    world.oddities.disableRemovesHooks = disableRemovesHooks;
    crm.hooks.subscribe(ADMIN, { destination: 'https://app.example.com/', settings: ['add_lead'] });
    await pressDisable(world, crm, crm.integration);
    expect(crm.hooks.all().length).toBe(left);
  });
});

describe('the page of consent', () => {
  const site = 'https://www.amocrm.ru/oauth';

  function people(asks: (subdomain: string) => number | undefined) {
    const world = connectedWorld();
    const second = world.openAccount({ subdomain: 'second' });
    const answered = crmHosts(world, crm => asks(crm.account.subdomain));
    const visit = async (url: string, init?: RequestInit): Promise<Response> => {
      const response = await answered(new Request(url, init));
      if (!(response instanceof Response)) throw new Error('Nobody answers');
      return response;
    };
    const { uuid } = world.crm.integration;
    const address = `${site}?client_id=${uuid}&state=s-1&mode=post_message`;
    const decide = (decision: string, accountId: number, mode = 'post_message') =>
      visit(site, {
        method: 'POST',
        body: new URLSearchParams({
          client_id: uuid,
          state: 's-1',
          mode,
          decision,
          account_id: String(accountId),
        }),
      });
    return { world, second, visit, address, decide };
  }
  const leadsTo = (response: Response) =>
    Object.fromEntries(new URL(response.headers.get('Location') ?? '').searchParams);

  it('offers the accounts in which the person is an administrator', async () => {
    const { visit, address } = people(subdomain => (subdomain === 'crm' ? ADMIN : SELLER_A));
    const text = await (await visit(address)).text();
    expect([text.includes('crm.amocrm.ru'), text.includes('second.amocrm.ru')]).toEqual([true, false]);
  });

  it('offers an account to the others once an administrator has allowed the integration there', async () => {
    const { world, second, decide } = people(() => SELLER_A);
    expect((await decide('allow', second.account.id)).status).toBe(400);
    await pairFor(hostsOf(world), second);
    expect((await decide('allow', second.account.id)).status).toBe(302);
  });

  it('leads back with a code for that account and the given state', async () => {
    const { world, second, decide } = people(() => ADMIN);
    const { code = '', ...rest } = leadsTo(await decide('allow', second.account.id));
    expect(rest).toEqual({ referer: 'second.amocrm.ru', state: 's-1', platform: '1' });
    const grant = { grant_type: 'authorization_code', code };
    expect((await hostsOf(world)(tokenRoute(second), asked(second, grant))).status).toBe(200);
  });

  it('leads back with the refusal when the person denies', async () => {
    const { world, second, decide } = people(() => ADMIN);
    const { uuid } = world.crm.integration;
    expect(leadsTo(await decide('deny', second.account.id))).toEqual({
      error: 'access_denied',
      client_id: uuid,
      state: 's-1',
    });
    expect(second.integration.active).toBe(false);
  });

  it('in a popup ends with a page that redirects its opener', async () => {
    const { second, decide } = people(() => ADMIN);
    const text = await (await decide('allow', second.account.id, 'popup')).text();
    expect(text).toContain('window.opener.location');
    expect(text).toContain(REDIRECT);
  });

  it.each(['&scope=crm', '&redirect_uri=x'])('names a parameter that does not exist: %s', async more => {
    const { world, visit, address } = people(() => ADMIN);
    expect([(await visit(address + more)).status, world.unhandledRequests.length]).toEqual([501, 1]);
  });
});

describe('a renamed account', () => {
  it('answers at its new address only, which the API host returns', async () => {
    const world = connectedWorld();
    const ask = hostsOf(world);
    const { crm } = world;
    const pair = await pairFor(ask, crm);
    world.renameAccount(crm, 'daisy');
    const account = async (origin: string) => (await ask(`GET ${origin}/api/v4/account`, { pair })).status;
    expect([await account('https://crm.amocrm.ru'), await account('https://daisy.amocrm.ru')]).toEqual([
      401, 200,
    ]);
    const where = 'GET https://api-b.amocrm.ru/oauth2/account/current/subdomain';
    const found = await ask(where, { headers: { 'X-Refresh-Token': pair.refresh_token } });
    expect(await found.json()).toEqual({
      id: crm.account.id,
      subdomain: 'daisy',
      domain: 'daisy.amocrm.ru',
      top_level_domain: 'ru',
    });
    crm.oauth.revoke();
    expect((await ask(where, { headers: { 'X-Refresh-Token': pair.refresh_token } })).status).toBe(401);
  });

  it("can be reached at the API's own host, which recognizes it by its token", async () => {
    const world = connectedWorld();
    const ask = hostsOf(world);
    const second = world.openAccount({ subdomain: 'second' });
    const pair = await pairFor(ask, second);
    const answer = await ask('GET https://api-b.amocrm.ru/api/v4/account', { pair });
    expect((await answer.json()).id).toBe(second.account.id);
    expect((await ask('GET https://api-b.amocrm.ru/api/v4/account')).status).toBe(401);
  });
});

describe("the page's own Install and Disable", () => {
  it('call the addresses of the integration, and saving does not', async () => {
    const { world, crm, calls } = listening();
    crm.integration.disableUri = 'https://app.example.com/amocrm/disabled';
    const press = (action: string) =>
      crmAs(world, ADMIN)(`POST /ajax/widgets/${crm.integration.code}`, {
        body: new URLSearchParams({ action }),
      });
    for (const action of ['install', 'save', 'disable']) await press(action);
    await world.settled();
    expect(calls.map(one => one.pathname)).toEqual(['/amocrm/authorized', '/amocrm/disabled']);
    expect(crm.calls.all.map(one => [one.kind, one.outcome])).toEqual([
      ['install', 200],
      ['disable', 200],
    ]);
  });
});
