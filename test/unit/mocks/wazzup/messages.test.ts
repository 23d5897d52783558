import { describe, expect, it } from 'vitest';
import { standingClock } from '../../../world/clock.ts';
import { createWorld, SALES_CHANNEL, WHOLESALE_CHANNEL } from '../../../world/world.ts';
import { chatWith, json } from '../ask.ts';

const hello = { channelId: SALES_CHANNEL, chatType: 'whatsapp', chatId: '79160000009', text: 'Hello' };

describe('POST /v3/message', () => {
  it('creates the chat, and signs with the user if the service knows them', async () => {
    const world = createWorld();
    world.chat.users.set('7', { id: '7', name: 'Anna' });
    const ask = chatWith(world, 'v3');
    const answer = await ask('POST /v3/message', json({ ...hello, crmUserId: '7' }));
    expect(answer.status).toBe(201);
    const [thread] = world.chat.threads;
    expect(await answer.json()).toEqual({ messageId: thread?.messages[0]?.id, chatId: '79160000009' });
    await ask('POST /v3/message', json({ ...hello, crmUserId: 'stranger' }));
    expect(thread?.messages).toMatchObject([{ text: 'Hello', authorId: '7' }, { authorId: 'API • Admin' }]);
    expect(world.chat.threads).toHaveLength(1);
  });

  it.each([
    ['telegram', 'tgapi', { phone: '79160000009' }, 201],
    ['telegram', 'tgapi', { username: 'anna' }, 201],
    ['max', 'max', { phone: '79160000009' }, 201],
    ['max', 'max', { username: 'anna' }, 400],
    ['whatsapp', 'whatsapp', { username: 'anna' }, 400],
  ])('to %s on %s without an id, with %j, is answered %i', async (chatType, transport, by, status) => {
    const world = createWorld();
    world.chat.channels.push({ channelId: 'c', transport, plainId: '1', state: 'active', name: 'Own' });
    const message = { channelId: 'c', chatType, text: 'Hello', ...by };
    expect((await chatWith(world, 'v3')('POST /v3/message', json(message))).status).toBe(status);
  });

  it('refuses the same client id for a minute', async () => {
    const world = createWorld({ clock: standingClock() });
    const ask = chatWith(world, 'v3');
    const send = (): Promise<Response> => ask('POST /v3/message', json({ ...hello, crmMessageId: 'once' }));
    expect((await send()).status).toBe(201);
    world.clock.advance(59_999);
    const refused = await send();
    expect([refused.status, await refused.json()]).toEqual([
      400,
      expect.objectContaining({ error: 'REPEATED_CRM_MESSAGE_ID' }),
    ]);
    world.clock.advance(60_000);
    expect((await send()).status).toBe(201);
    expect(world.chat.threads[0]?.messages).toHaveLength(2);
  });

  it.each([
    ['no channel', { ...hello, channelId: 'none' }, 'CHANNEL_NOT_FOUND'],
    ['another messenger', { ...hello, channelId: WHOLESALE_CHANNEL }, 'WRONG_TRANSPORT'],
    ['no text', { ...hello, text: undefined }, 'INVALID_MESSAGE_DATA'],
    ['text and file', { ...hello, contentUri: 'https://x/y' }, 'INVALID_MESSAGE_DATA'],
    ['no addressee', { ...hello, chatId: '' }, 'INVALID_MESSAGE_DATA'],
    [
      'a phone number in place of the chat',
      { ...hello, chatId: undefined, phone: '7' },
      'INVALID_MESSAGE_DATA',
    ],
    ['text and template', { ...hello, templateId: 't' }, 'INVALID_MESSAGE_DATA'],
    ['an unknown template', { ...hello, text: undefined, templateId: 't' }, 'TEMPLATE_REJECTED'],
  ])('refuses %s', async (_what, body, error) => {
    const world = createWorld();
    const answer = await chatWith(world, 'v3')('POST /v3/message', json(body));
    expect([answer.status, await answer.json()]).toEqual([400, expect.objectContaining({ error })]);
    expect(world.chat.threads).toEqual([]);
  });

  it.each([
    ['notEnoughMoney', 'CHANNEL_NO_MONEY'],
    ['blocked', 'CHANNEL_BLOCKED'],
    ['qridle', 'MESSAGE_CHANNEL_UNAVAILABLE'],
  ])('refuses a channel that is %s', async (state, error) => {
    const world = createWorld();
    const [channel] = world.chat.channels;
    if (channel) channel.state = state;
    const answer = await chatWith(world, 'v3')('POST /v3/message', json(hello));
    expect(await answer.json()).toMatchObject({ error });
  });
});
