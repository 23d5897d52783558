import { describe, expect, it } from 'vitest';
import { outside } from '../../mocks/outside.ts';
import { ADMIN, SELLER_A, SELLER_B } from '../../world/people.ts';
import { createWorld } from '../../world/world.ts';
import { standingClock } from '../../world/clock.ts';
import { codeOf, connectedWorld, REDIRECT } from '../../support/listening-crm.ts';

const json = (body: unknown, token?: string): RequestInit => ({
  method: 'POST',
  body: JSON.stringify(body),
  headers: {
    'Content-Type': 'application/json',
    ...(token !== undefined && { Authorization: `Bearer ${token}` }),
  },
});

describe('the emulated services for a server', () => {
  it('authorize it, send it a hook about a change, and let it read the result', async () => {
    const owners: unknown[] = [];
    const world = connectedWorld({
      send: async request => {
        const id = new URLSearchParams(await request.text()).get('contacts[update][0][id]');
        const read = await fetch(`${origin}/api/v4/contacts/${id}`, { headers: bearer });
        owners.push((await read.json()).responsible_user_id);
        return new Response();
      },
    });
    const fetch = outside(world);
    const { crm } = world;
    const { origin } = crm.account;
    const { uuid: client_id, secret: client_secret } = crm.integration;
    const grant = { grant_type: 'authorization_code', code: codeOf(crm), redirect_uri: REDIRECT };
    const pair = await fetch(`${origin}/oauth2/access_token`, json({ client_id, client_secret, ...grant }));
    const { access_token: token } = await pair.json();
    const bearer = { Authorization: `Bearer ${token}` };
    const hook = { destination: 'https://app.example.com/', settings: ['update_contact'] };
    await fetch(`${origin}/api/v4/webhooks`, json(hook, token));
    const contact = crm.addContact('Anna', [], SELLER_A);
    crm.assignContact(ADMIN, contact.id, SELLER_B);
    await world.settled();
    expect(owners).toEqual([SELLER_B]);
  });

  it('include the chat service', async () => {
    const world = createWorld();
    const [key] = world.chat.keys.keys();
    const headers = { Authorization: `Bearer ${key}` };
    const channels = await outside(world)('https://api.wazzup24.com/v3/channels', { headers });
    expect(await channels.json()).toEqual(world.chat.channels);
  });

  it('fail in the same way as a connection', async () => {
    const world = createWorld({ clock: standingClock() });
    const fetch = outside(world);
    world.disturbances.add(/account/, 'cut');
    await expect(fetch('https://crm.amocrm.ru/api/v4/account')).rejects.toThrow(TypeError);
    world.disturbances.add(/account/, 'lost-after');
    const signal = AbortSignal.timeout(10);
    await expect(fetch('https://crm.amocrm.ru/api/v4/account', { signal })).rejects.toThrow('timeout');
    await expect(fetch('https://evil.example.com/')).rejects.toThrow('nobody is evil.example.com');
  });
});
