import { describe, expect, it } from 'vitest';
import type { KeyKind } from '../../../world/chat.ts';
import { SALES_CHANNEL } from '../../../world/world.ts';
import { outcomeOf } from '../../../support/outcome.ts';
import { chatWith, json } from '../ask.ts';
import { ADDRESS, CHAT_ID, clientWrites, listening, ME, subscribed } from './listening.ts';

describe('the address of webhooks', () => {
  it('is called before it is set, and is returned with its switches', async () => {
    const { ask, received } = listening();
    const set = await ask(
      'PATCH /v3/webhooks',
      json({ webhooksUri: ADDRESS, subscriptions: { templateStatus: true } }),
    );
    expect([set.status, received.map(one => one.body)]).toEqual([200, [{ test: true }]]);
    expect(await (await ask('GET /v3/webhooks')).json()).toEqual({
      webhooksUri: ADDRESS,
      subscriptions: {
        messagesAndStatuses: false,
        contactsAndDealsCreation: false,
        channelsUpdates: false,
        wabaTemplatesStatus: true,
      },
    });
  });

  it.each([201, 204, 404, 500])('that answers the test with %i is not set', async status => {
    const { ask, world } = listening(() => new Response(null, { status }));
    const set = await ask('PATCH /v3/webhooks', json({ webhooksUri: ADDRESS }));
    expect(await set.json()).toMatchObject({ error: 'testPostNotPassed', data: status });
    expect(world.chat.hooks.address).toBeUndefined();
  });

  it('must answer the test within thirty seconds', async () => {
    const { ask, world } = listening(() => new Promise(() => undefined));
    const set = ask('PATCH /v3/webhooks', json({ webhooksUri: ADDRESS }));
    while (world.clock.now() < Date.UTC(2026, 10, 2, 9, 1)) {
      await new Promise(setImmediate);
      world.clock.advance(1000);
    }
    expect(await outcomeOf(await set)).toEqual([400, 'testPostNotPassed']);
  });

  it.each(['app.example.com', `https://app.example.com/${'x'.repeat(180)}`, ''])(
    'cannot be "%s"',
    async webhooksUri => {
      const { ask, received } = listening();
      expect(await outcomeOf(await ask('PATCH /v3/webhooks', json({ webhooksUri })))).toEqual([
        400,
        'uriNotValid',
      ]);
      expect(received).toEqual([]);
    },
  );

  it('is one for the account: the last setting replaces it', async () => {
    const { ask, world } = await subscribed();
    await ask('PATCH /v3/webhooks', json({ webhooksUri: 'https://other.example.com/' }));
    clientWrites(world);
    await world.settled();
    expect(world.chat.hooks.all.map(one => one.destination)).toEqual(['https://other.example.com/']);
  });

  it('is cut off at a special character in its query', async () => {
    const { ask, received } = listening();
    await ask('PATCH /v3/webhooks', json({ webhooksUri: `${ADDRESS}?key=a&b=c` }));
    expect(received[0]?.url).toBe(`${ADDRESS}?key=a`);
  });

  it.each<KeyKind>(['partner', 'v3', 'sidecar'])('can be read with a key of the kind %s', async kind => {
    const { world } = listening();
    expect((await chatWith(world, kind)('GET /v3/webhooks')).status).toBe(200);
  });

  it.each([
    { webhooksUrl: ADDRESS },
    { subscriptions: { templateStatuses: true } },
    { webhooksUri: ADDRESS, crmKey: 'x' },
  ])('cannot be set with an unknown field: %j', async body => {
    const { ask, world } = listening();
    expect([(await ask('PATCH /v3/webhooks', json(body))).status, world.unhandledRequests.length]).toEqual([
      501, 1,
    ]);
  });
});

describe('a webhook', () => {
  it('is sent for a client’s message, an answer from the window, and one from the phone without its author', async () => {
    const { world, hooks } = await subscribed();
    const thread = clientWrites(world);
    world.chat.reply(ME, thread, 'Good afternoon');
    world.chat.answerFromPhone(thread, 'ok');
    await world.settled();
    const message = {
      channelId: SALES_CHANNEL,
      chatType: 'whatsapp',
      chatId: CHAT_ID,
      type: 'text',
      contact: { name: 'Anna' },
    };
    const [first, second, third] = thread.messages.map(({ id, at }) => ({
      messageId: id,
      dateTime: new Date(at).toISOString(),
    }));
    expect(hooks()).toEqual([
      { messages: [{ ...message, ...first, isEcho: false, text: 'Hello', status: 'inbound' }] },
      {
        messages: [
          {
            ...message,
            ...second,
            isEcho: true,
            sentFromApp: true,
            text: 'Good afternoon',
            status: 'sent',
            authorId: ME,
            authorName: 'Adam',
          },
        ],
      },
      { messages: [{ ...message, ...third, isEcho: true, sentFromApp: false, text: 'ok', status: 'sent' }] },
    ]);
  });

  it.each([true, false])('echoes a message sent through the API: %s', async chatEchoesApi => {
    const { world, ask, hooks } = await subscribed();
    world.oddities.chatEchoesApi = chatEchoesApi;
    await ask(
      'POST /v3/message',
      json({
        channelId: SALES_CHANNEL,
        chatType: 'whatsapp',
        chatId: CHAT_ID,
        text: 'Hi',
        crmUserId: ME,
        crmMessageId: 'x-1',
      }),
    );
    await world.settled();
    const echo = { isEcho: true, sentFromApp: false, authorId: ME, crmMessageId: 'x-1' };
    expect(hooks()).toMatchObject(chatEchoesApi ? [{ messages: [echo] }] : []);
  });

  it('is sent for the status of a message, an edit and a deletion', async () => {
    const { world, hooks } = await subscribed();
    const thread = clientWrites(world);
    const sent = world.chat.reply(ME, thread, 'Good afternoon');
    world.chat.setStatus(sent, 'delivered');
    world.chat.setStatus(sent, 'error', 'BAD_CONTACT');
    world.chat.editMessage(ME, thread, sent.id, 'Good evening');
    world.chat.deleteMessage(ME, thread, sent.id);
    await world.settled();
    const oldInfo = (oldText: string) => ({ oldText, oldAuthorId: ME, oldAuthorName: 'Adam' });
    expect(hooks().slice(2)).toMatchObject([
      { statuses: [{ messageId: sent.id, status: 'delivered' }] },
      { statuses: [{ messageId: sent.id, status: 'error', error: { error: 'BAD_CONTACT' } }] },
      { messages: [{ isEdited: true, text: 'Good evening', oldInfo: oldInfo('Good afternoon') }] },
      { messages: [{ isDeleted: true, oldInfo: oldInfo('Good evening') }] },
    ]);
    expect(thread.messages.length).toBe(1);
  });

  it('has messages and statuses together, while channels come separately', async () => {
    const { world, hooks } = await subscribed();
    Object.assign(world.oddities, { chatHookDelayMs: 1000, chatHookBatch: 10 });
    const thread = clientWrites(world);
    world.chat.setStatus(world.chat.reply(ME, thread, 'Hi'), 'read');
    world.chat.setChannelState(SALES_CHANNEL, 'qridle');
    await world.pass(1000);
    expect(hooks()).toMatchObject([
      { messages: [{ text: 'Hello' }, { text: 'Hi' }], statuses: [{ status: 'read' }] },
      { channelsUpdates: [{ channelId: SALES_CHANNEL, state: 'qr' }] },
    ]);
  });

  it.each<[readonly number[], number]>([
    [[], 1],
    [[1000, 5000], 3],
  ])('that is refused is sent again after %j', async (chatHookWaitsMs, times) => {
    const { world, hooks } = await subscribed(() => new Response(null, { status: 503 }));
    world.oddities.chatHookWaitsMs = chatHookWaitsMs;
    clientWrites(world);
    await world.pass(3_600_000);
    expect(hooks().length).toBe(times);
  });

  it.each([undefined, 'ours', 'somebody-elses'])('has the key of the CRM: %s', async crmKey => {
    const { world, received } = await subscribed();
    world.chat.hooks.crmKey = crmKey;
    clientWrites(world);
    await world.settled();
    expect(received.at(-1)?.bearer).toBe(crmKey === undefined ? null : `Bearer ${crmKey}`);
  });

  it('is not sent for events that are switched off', async () => {
    const { world, ask, hooks } = await subscribed();
    await ask(
      'PATCH /v3/webhooks',
      json({ subscriptions: { messagesAndStatuses: false, channelsUpdates: false } }),
    );
    clientWrites(world);
    world.chat.setChannelState(SALES_CHANNEL, 'disabled');
    await world.settled();
    expect(hooks()).toEqual([]);
  });

  it('is sent for the account whose key set it, and for no other', async () => {
    const { world, hooks } = await subscribed();
    const other = world.openChat();
    const [channel] = other.channels;
    other.receive({ channelId: channel?.channelId ?? '', chatId: CHAT_ID, name: 'Bella', text: 'Hi' });
    await world.settled();
    expect(hooks()).toEqual([]);
    const [key] = other.keys.keys();
    const asked = await chatWith(world, 'v3')('GET /v3/webhooks', {
      headers: { Authorization: `Bearer ${key}` },
    });
    expect((await asked.json()).webhooksUri).toBe('');
  });
});
