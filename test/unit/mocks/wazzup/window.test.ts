import { SignJWT } from 'jose';
import * as v from 'valibot';
import { describe, expect, it, vi } from 'vitest';
import { answer } from '../../../mocks/answer.ts';
import { chatWindowHandlers } from '../../../mocks/wazzup/handlers.ts';
import { standingClock } from '../../../world/clock.ts';
import { HEAD_OF_SALES, SELLER_A, SELLER_B } from '../../../world/people.ts';
import { createWorld, SALES_CHANNEL, WHOLESALE_CHANNEL, type World } from '../../../world/world.ts';
import { chatWith, json } from '../ask.ts';
import { told, windowAnswer } from '../../told.ts';

const shown = v.object({
  user: v.object({ id: v.string(), name: v.string() }),
  access: v.boolean(),
  threads: v.array(v.looseObject({ chatId: v.string(), mayWrite: v.boolean() })),
});
type Shown = v.InferOutput<typeof shown>;

/** Anna is A's client on the sales channel. Boris there and Vera on the wholesale channel have no responsible. */
function busyWorld(): World {
  const world = createWorld({ clock: standingClock(), chatOrigin: 'http://chats.example' });
  const { chat } = world;
  chat.users.set(String(SELLER_A), { id: String(SELLER_A), name: 'Seller A' });
  chat.settings.userRoles = [
    { channelId: SALES_CHANNEL, userId: String(SELLER_A), role: 'seller', allowGetNewClients: false },
    { channelId: SALES_CHANNEL, userId: String(SELLER_B), role: 'seller', allowGetNewClients: true },
    { channelId: SALES_CHANNEL, userId: String(HEAD_OF_SALES), role: 'auditor', allowGetNewClients: false },
  ];
  chat.receive({ channelId: SALES_CHANNEL, chatId: '1', name: 'Anna', text: 'Hello' });
  chat.receive({ channelId: SALES_CHANNEL, chatId: '2', name: 'Boris', text: 'Hi' });
  chat.receive({ channelId: WHOLESALE_CHANNEL, chatId: '3', name: 'Vera', text: 'Good day' });
  chat.contacts.set('c-1', {
    id: 'c-1',
    responsibleUserId: String(SELLER_A),
    name: 'Anna',
    contactData: [{ chatType: 'whatsapp', chatId: '1' }],
  });
  return world;
}

async function windowOf(world: World, person: number, scope: object = { scope: 'global' }): Promise<string> {
  const body = json({ user: { id: String(person) }, ...scope });
  const opened = await chatWith(world, 'v3')('POST /v3/iframe', body);
  expect(opened.status).toBe(200);
  return (await told(opened, windowAnswer)).url;
}

async function ask(world: World, address: string, what: string, init: RequestInit = {}): Promise<Response> {
  const request = new Request(address.replace('/window?', `/window/${what}?`), init);
  const answered = await answer(world, chatWindowHandlers(world), request);
  if (typeof answered === 'string') throw new Error(`The connection was ${answered}`);
  return answered;
}

const shownAt = async (world: World, address: string): Promise<Shown> =>
  told(await ask(world, address, 'threads'), shown);

describe('POST /v3/iframe', () => {
  it('gives a signed address on the origin of the chat service', async () => {
    expect(await windowOf(busyWorld(), SELLER_A)).toMatch(/^http:\/\/chats\.example\/window\?token=[\w.-]+$/);
  });

  it.each([
    ['no user', { scope: 'global' }],
    ['no scope', { user: { id: '1' } }],
    ['a card without its client', { user: { id: '1' }, scope: 'card' }],
  ])('refuses %s, with a nested error', async (_what, body) => {
    const refused = await chatWith(busyWorld(), 'v3')('POST /v3/iframe', json(body));
    expect([refused.status, await refused.json()]).toEqual([400, { error: { code: 'INVALID_IFRAME_DATA' } }]);
  });
});

describe('the chat window', () => {
  it.each([
    [SELLER_A, [['1', true]]],
    [SELLER_B, [['2', true]]],
    [
      HEAD_OF_SALES,
      [
        ['1', false],
        ['2', false],
      ],
    ],
  ])(
    'of %i lists exactly the chats that they may see, and says where they may write',
    async (person, expected) => {
      const world = busyWorld();
      const seen = await shownAt(world, await windowOf(world, person));
      expect(seen.access).toBe(true);
      expect(seen.threads.map(({ chatId, mayWrite }) => [chatId, mayWrite])).toEqual(expected);
      expect(seen.threads.map(({ chatId }) => chatId)).toEqual(
        world.chat.threadsOf(String(person)).map(({ chatId }) => chatId),
      );
    },
  );

  it('shows its user, its channels and the authors', async () => {
    const world = busyWorld();
    const [anna] = world.chat.threads;
    if (anna) world.chat.reply(String(SELLER_A), anna, 'Good afternoon');
    expect(await shownAt(world, await windowOf(world, SELLER_A))).toMatchObject({
      user: { id: String(SELLER_A), name: 'Seller A' },
      threads: [
        {
          channelId: SALES_CHANNEL,
          channelName: 'Продажи',
          chatType: 'whatsapp',
          name: 'Anna',
          messages: [
            { text: 'Hello', mine: false, author: 'Anna', at: world.clock.now() },
            { text: 'Good afternoon', mine: true, author: 'Seller A' },
          ],
        },
      ],
    });
  });

  it('shows a user without any role that they have no access', async () => {
    const world = busyWorld();
    expect(await shownAt(world, await windowOf(world, 1))).toMatchObject({ access: false, threads: [] });
  });

  it("of a card shows only that client's chats, and only if its user may see them", async () => {
    const world = busyWorld();
    const anna = { scope: 'card', filter: [{ chatType: 'whatsapp', chatId: '1', name: 'Anna' }] };
    expect((await shownAt(world, await windowOf(world, HEAD_OF_SALES, anna))).threads).toMatchObject([
      { chatId: '1' },
    ]);
    expect((await shownAt(world, await windowOf(world, SELLER_B, anna))).threads).toEqual([]);
  });

  it.each([
    [SELLER_A, '1', 201],
    [SELLER_A, '2', 403],
    [SELLER_B, '1', 403],
    [HEAD_OF_SALES, '1', 403],
  ])('of %i answers a message to client %s with %i', async (person, chatId, status) => {
    const world = busyWorld();
    const body = json({ channelId: SALES_CHANNEL, chatId, text: 'Good afternoon' });
    const answered = await ask(world, await windowOf(world, person), 'messages', { method: 'POST', ...body });
    expect(answered.status).toBe(status);
    const thread = world.chat.threads.find(one => one.chatId === chatId);
    expect(thread?.messages).toHaveLength(status === 201 ? 2 : 1);
  });

  it.each([
    ['a forged token', async () => 'http://chats.example/window?token=forged'],
    [
      'a foreign signature',
      async () => {
        const token = await new SignJWT({ sub: String(SELLER_A) })
          .setProtectedHeader({ alg: 'HS256' })
          .sign(new TextEncoder().encode('what the chat service does not know'));
        return `http://chats.example/window?token=${token}`;
      },
    ],
  ])('refuses an address with %s', async (_what, forge) => {
    const world = busyWorld();
    const address = await forge();
    for (const what of ['threads', 'events']) expect((await ask(world, address, what)).status).toBe(401);
  });
});

/** The same world, with the number of its watchers. */
function watched(): { world: World; watchers: () => number } {
  const world = busyWorld();
  let count = 0;
  const watch: World['watch'] = listener => {
    const undo = world.watch(listener);
    count += 1;
    return () => {
      count -= 1;
      undo();
    };
  };
  return { world: { ...world, watch }, watchers: () => count };
}

describe('the events of a window', () => {
  it('report every change until the window is closed', async () => {
    const { world, watchers } = watched();
    const answered = await ask(world, await windowOf(world, SELLER_A), 'events');
    expect(answered.headers.get('Content-Type')).toBe('text/event-stream');
    const reader = answered.body?.getReader();
    const next = async (): Promise<string> => new TextDecoder().decode((await reader?.read())?.value);
    expect(await next()).toContain('retry:');
    world.changed();
    expect(await next()).toBe('data: changed\n\n');
    await chatWith(world, 'partner')('PATCH /settings', json({ userRoles: [] }));
    expect(await next()).toBe('data: changed\n\n');
    expect(watchers()).toBe(1);
    await reader?.cancel();
    await vi.waitFor(() => expect(watchers()).toBe(0));
  });

  it('end when the request is aborted', async () => {
    const { world, watchers } = watched();
    const leaving = new AbortController();
    const answered = await ask(world, await windowOf(world, SELLER_A), 'events', { signal: leaving.signal });
    leaving.abort();
    expect(await answered.text()).not.toContain('changed');
    await vi.waitFor(() => expect(watchers()).toBe(0));
  });
});
