import { describe, expect, it } from 'vitest';
import { connectAddress } from '../../../mocks/wazzup/wauth.ts';
import { standingClock } from '../../../world/clock.ts';
import { createWorld } from '../../../world/world.ts';
import { outcomeOf } from '../../../support/outcome.ts';
import { chatWith, json } from '../ask.ts';

const entry = { crmCode: 'roles', authRedirectUri: 'https://app.example.com/wazzup', secret: 'ours' };

async function registered() {
  const world = createWorld({ clock: standingClock() });
  const ask = chatWith(world, 'v3');
  const answer = await ask('POST /v3/marketplace', json(entry));
  const connect = (state: string, more: object = {}) =>
    ask('POST /v3/connect/', json({ state, secret: entry.secret, ...more }));
  const press = (): string => connectAddress(world, entry.crmCode).searchParams.get('state') ?? '';
  return { world, ask, answer, connect, press };
}

describe('"Connect" of the marketplace', () => {
  it('leads to the address that the CRM registered, and gives its server a key of that account', async () => {
    const { world, ask, answer, connect, press } = await registered();
    expect(answer.status).toBe(200);
    expect(connectAddress(world, 'roles').origin).toBe('https://app.example.com');
    const { apiKey } = await (await connect(press(), { crmKey: 'theirs' })).json();
    const headers = { Authorization: `Bearer ${apiKey}` };
    expect((await ask('GET /v3/users', { headers })).status).toBe(200);
    expect(world.chat.hooks.crmKey).toBe('theirs');
  });

  it('connects the account that issued the state', async () => {
    const { world, connect } = await registered();
    const other = world.openChat();
    const state = connectAddress(world.seenFromChat(other), 'roles').searchParams.get('state') ?? '';
    const { apiKey } = await (await connect(state)).json();
    expect([other.keys.has(apiKey), world.chat.keys.has(apiKey)]).toEqual([true, false]);
  });

  it.each([
    [true, 400],
    [false, 200],
  ])('accepts a state only once: %s', async (connectStateOnce, status) => {
    const { world, connect, press } = await registered();
    world.oddities.connectStateOnce = connectStateOnce;
    const state = press();
    await connect(state);
    expect((await connect(state)).status).toBe(status);
  });

  it('refuses an unknown or expired state, and a wrong secret', async () => {
    const { world, connect, press } = await registered();
    expect(await outcomeOf(await connect('made-up'))).toEqual([400, 'INVALID_STATE']);
    expect(await outcomeOf(await connect(press(), { secret: 'x' }))).toEqual([401, 'INVALID_SECRET']);
    const old = press();
    world.clock.advance(30 * 60_000);
    expect(await outcomeOf(await connect(old))).toEqual([400, 'INVALID_STATE']);
  });

  it('has a code for one CRM only, in Latin letters', async () => {
    const { ask } = await registered();
    expect((await ask('POST /v3/marketplace', json(entry))).status).toBe(400);
    expect((await ask('POST /v3/marketplace', json({ ...entry, crmCode: 'роли' }))).status).toBe(400);
  });

  it('names a field that it does not know', async () => {
    const { world, connect, press } = await registered();
    expect((await connect(press(), { lang: 'en' })).status).toBe(501);
    expect(world.unhandledRequests).toEqual(['POST /v3/connect {lang}']);
  });
});
