import { getResponse } from 'msw';
import { describe, expect, it } from 'vitest';
import { wazzupHandlers } from '../../../mocks/wazzup/handlers.ts';
import { challengeOf } from '../../../world/chat-partners.ts';
import { standingClock } from '../../../world/clock.ts';
import { SELLER_A, SELLER_B } from '../../../world/people.ts';
import { createWorld, SALES_CHANNEL } from '../../../world/world.ts';

const REDIRECT = 'https://app.example.com/wazzup/partner';
const VERIFIER = 'v'.repeat(43);
const ME = String(SELLER_A);
const CHAT_ID = '79160000001';

type Asking = { readonly json?: unknown; readonly token?: string; readonly basic?: string };

function partner() {
  const hooks: unknown[] = [];
  const world = createWorld({
    clock: standingClock(),
    send: async request => {
      hooks.push(await request.json());
      return new Response();
    },
  });
  const { partners, chat } = world;
  partners.redirectUris.add(REDIRECT);
  const handlers = wazzupHandlers(world);
  const ask = async (route: string, { json, token, basic }: Asking = {}): Promise<Response> => {
    const [method = 'GET', path = ''] = route.split(' ');
    const headers = new Headers({ 'Content-Type': 'application/json' });
    if (token !== undefined) headers.set('Authorization', `Bearer ${token}`);
    const bytes = new TextEncoder().encode(basic ?? `${partners.email}:${partners.password}`);
    if (token === undefined) headers.set('Authorization', `Basic ${btoa(String.fromCodePoint(...bytes))}`);
    const body = json === undefined ? null : JSON.stringify(json);
    const request = new Request(`https://tech.wazzup24.com${path}`, { method, headers, body });
    const answered = await getResponse(handlers, request);
    if (!answered) throw new Error(`${route} was not answered`);
    return answered;
  };
  const grant = async (change: object = {}, verifier = VERIFIER): Promise<Response> =>
    ask('POST /v2/oauth/token', {
      json: {
        grant_type: 'authorization_code',
        authorize_code_data: {
          code: partners.allow(chat.id, REDIRECT, await challengeOf(VERIFIER)),
          redirect_uri: REDIRECT,
          client_id: partners.clientId,
          code_verifier: verifier,
          ...change,
        },
      },
    });
  const refresh = (refresh_token: string): Promise<Response> =>
    ask('POST /v2/oauth/token', {
      json: {
        grant_type: 'refresh_token',
        refresh_token_data: { refresh_token, client_id: partners.clientId },
      },
    });
  const pair = async () => (await (await grant()).json()).data;
  return { world, chat, hooks, ask, grant, refresh, pair };
}

describe("the partner's OAuth", () => {
  it('shows a page with the account, leads back with a denial, and requires S256', async () => {
    const { world, ask } = partner();
    const query = new URLSearchParams({
      response_type: 'code',
      client_id: world.partners.clientId,
      redirect_uri: REDIRECT,
      scope: 'transport,crm',
      state: 's-1',
      code_challenge: await challengeOf(VERIFIER),
      code_challenge_method: 'S256',
    });
    expect(await (await ask(`GET /v2/oauth/authorize?${query}`)).text()).toContain(String(world.chat.id));
    const denied = await ask(`POST /v2/oauth/authorize?${query}`);
    const address = new URL(denied.headers.get('Location') ?? '');
    expect(Object.fromEntries(address.searchParams)).toEqual({ error: 'access_denied', state: 's-1' });
    query.set('code_challenge_method', 'plain');
    expect((await ask(`GET /v2/oauth/authorize?${query}`)).status).toBe(400);
  });

  it('gives tokens for an hour, and new ones once for the refresh token', async () => {
    const { world, ask, refresh, pair } = partner();
    const { access_token: token, refresh_token, expires_in } = await pair();
    expect(expires_in).toBe(3600);
    expect((await ask('GET /v2/channels', { token })).status).toBe(200);
    world.clock.advance(3_600_000);
    expect((await ask('GET /v2/channels', { token })).status).toBe(401);
    const { access_token } = (await (await refresh(refresh_token)).json()).data;
    expect((await ask('GET /v2/channels', { token: access_token })).status).toBe(200);
    expect((await refresh(refresh_token)).status).toBe(400);
  });

  it.each([
    ['another verifier', {}, 'w'.repeat(43)],
    ['another address', { redirect_uri: `${REDIRECT}/` }, VERIFIER],
    ['another client', { client_id: 'x' }, VERIFIER],
  ])('refuses a code with %s', async (_what, change, verifier) => {
    expect((await partner().grant(change, verifier)).status).toBe(400);
  });

  it("requires the partner's own login, and does not emulate machine tokens", async () => {
    const { world, ask } = partner();
    const json = { grant_type: 'client_credentials', client_credentials_data: { scope: 'crm' } };
    expect((await ask('POST /v2/oauth/token', { json, basic: 'a:b' })).status).toBe(401);
    expect((await ask('POST /v2/oauth/token', { json })).status).toBe(501);
    expect(world.unhandledRequests).toEqual(['POST /v2/oauth/token {grant_type: client_credentials}']);
  });

  it("is separate from v3: neither API accepts the other's token", async () => {
    const { chat, ask, pair } = partner();
    const [key] = chat.keys.keys();
    expect((await ask('GET /v2/users', { token: key ?? '' })).status).toBe(401);
    const { access_token } = await pair();
    expect((await ask('GET /settings', { token: access_token })).status).toBe(401);
  });
});

describe("the partner's API", () => {
  it('replaces the whole list of roles, and reads it', async () => {
    const { chat, ask, pair } = partner();
    const { access_token: token } = await pair();
    const role = { channel_id: SALES_CHANNEL, user_id: ME, role: 'seller', allow_get_new_clients: true };
    await ask('PATCH /v2/settings', { token, json: { user_roles: [role] } });
    expect(chat.settings.userRoles).toEqual([
      { channelId: SALES_CHANNEL, userId: ME, role: 'seller', allowGetNewClients: true },
    ]);
    const { data } = await (await ask('GET /v2/settings', { token })).json();
    expect(data).toMatchObject({ user_roles: [role] });
  });

  it('loads people, contacts and deals into the same account as v3', async () => {
    const { chat, ask, pair } = partner();
    const { access_token: token } = await pair();
    await ask('POST /v2/users', { token, json: { users: [{ id: ME, name: 'Adam' }] } });
    const contact = {
      id: 'c-1',
      responsible_user_id: ME,
      name: 'Anna',
      contact_data: [{ chat_type: 'whatsapp', chat_id: CHAT_ID }],
      uri: 'https://crm.example.com/c-1',
    };
    const made = await ask('POST /v2/contacts', { token, json: { contacts: [contact] } });
    expect(await made.json()).toMatchObject({
      data: { processed: 1 },
      meta: { timestamp: expect.any(Number) },
    });
    expect(chat.contacts.get('c-1')).toMatchObject({
      responsibleUserId: ME,
      contactData: [{ chatId: CHAT_ID }],
    });
    expect(await (await ask('GET /v2/contacts/c-1', { token })).json()).toMatchObject({ data: contact });
  });

  it("gives the address of a person's window, and counts their unanswered chats", async () => {
    const { chat, ask, pair } = partner();
    const { access_token: token } = await pair();
    chat.settings.userRoles = [
      { channelId: SALES_CHANNEL, userId: ME, role: 'seller', allowGetNewClients: true },
    ];
    chat.receive({ channelId: SALES_CHANNEL, chatId: CHAT_ID, name: 'Anna', text: 'Hello' });
    const counted = await ask(`GET /v2/counters/unanswered/${ME}`, { token });
    expect((await counted.json()).data).toEqual({ counter: 1, type: 'red' });
    const link = (json: object) =>
      ask('POST /v2/iframe-links/chats', { token, json: { user_id: ME, ...json } });
    expect((await (await link({ scope: 'global' })).json()).data.link).toContain('/window?token=');
    const chats = [{ chat_type: 'whatsapp', chat_id: CHAT_ID }];
    expect((await link({ scope: 'global', chats })).status).toBe(400);
    expect((await link({ scope: 'card', chats })).status).toBe(200);
  });

  it('refuses an unknown property in its own words, and names a route that is not emulated', async () => {
    const { world, ask, pair } = partner();
    const { access_token: token } = await pair();
    const refused = await ask('POST /v2/users', {
      token,
      json: { users: [{ id: ME, name: 'Adam', role: 'x' }] },
    });
    expect([refused.status, await refused.json()]).toMatchObject([
      400,
      { code: 'VALIDATION_FAILED', errors: ['property users.0.role should not exist'] },
    ]);
    expect((await ask('DELETE /v2/users', { token, json: {} })).status).toBe(501);
    expect((await ask('GET /v2/users?limit=1', { token })).status).toBe(501);
    expect(world.unhandledRequests).toEqual(['DELETE /v2/users', 'GET /v2/users?limit']);
  });

  it('sends the status of a message as an event, also when its author may not write to that client', async () => {
    const { world, chat, hooks, ask, pair } = partner();
    const { access_token: token } = await pair();
    const json = { data: [{ url: 'https://app.example.com/v2', event: 'message.status_update' }] };
    await ask('POST /v2/webhooks', { token, json });
    chat.settings.userRoles = [SELLER_A, SELLER_B].map(id => ({
      channelId: SALES_CHANNEL,
      userId: String(id),
      role: 'seller',
      allowGetNewClients: false,
    }));
    const contactData = [{ chatType: 'whatsapp', chatId: CHAT_ID }];
    chat.contacts.set('c-1', { id: 'c-1', name: 'Anna', responsibleUserId: ME, contactData });
    const requests: string[] = [];
    for (const id of [SELLER_A, SELLER_B]) {
      const recipient = { chat_type: 'whatsapp', chat_id: CHAT_ID };
      const message = { channel_id: SALES_CHANNEL, recipient, text: 'Hi', crm_user_id: String(id) };
      requests.push(
        (await (await ask('POST /v2/messages', { token, json: message })).json()).data.request_id,
      );
    }
    await world.settled();
    expect(hooks).toMatchObject([
      { event: 'message.status_update', data: [{ request_id: requests[0], status: 'sent' }] },
      { data: [{ request_id: requests[1], status: 'error', error: { code: 'chat_no_access' } }] },
    ]);
    expect(chat.threads[0]?.messages.length).toBe(1);
  });
});

describe("the partner's webhooks", () => {
  it('exist side by side, one for each event and address, and are changed and deleted by their ids', async () => {
    const { world, chat, hooks, ask, pair } = partner();
    const { access_token: token } = await pair();
    const data = [1, 2].map(nth => ({ url: `https://app.example.com/${nth}`, event: 'message.add' }));
    const made = (await (await ask('POST /v2/webhooks', { token, json: { data } })).json()).data;
    chat.receive({ channelId: SALES_CHANNEL, chatId: CHAT_ID, name: 'Anna', text: 'Hello' });
    await world.settled();
    expect(hooks.length).toBe(2);
    expect(hooks[0]).toMatchObject({
      event: 'message.add',
      data: [{ direction: 'inbound', text: 'Hello', recipient: { chat_id: CHAT_ID } }],
    });
    await ask('DELETE /v2/webhooks', { token, json: { data: [{ id: made[0].id }] } });
    await ask('PATCH /v2/webhooks', { token, json: { data: [{ ...made[1], event: 'message.edit' }] } });
    expect((await (await ask('GET /v2/webhooks', { token })).json()).data).toEqual([
      { ...made[1], event: 'message.edit' },
    ]);
  });

  it('are identical when they are delivered twice', async () => {
    const { world, chat, hooks, ask, pair } = partner();
    const { access_token: token } = await pair();
    const json = { data: [{ url: 'https://app.example.com/', event: 'message.add' }] };
    await ask('POST /v2/webhooks', { token, json });
    chat.partnerHooks.mishap('doubled');
    chat.receive({ channelId: SALES_CHANNEL, chatId: CHAT_ID, name: 'Anna', text: 'Hello' });
    await world.settled();
    expect(hooks.length).toBe(2);
    expect(hooks[0]).toEqual(hooks[1]);
  });
});
