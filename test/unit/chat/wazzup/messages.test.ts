import { afterEach, describe, expect, it } from 'vitest';
import type { Chat, Outgoing } from '../../../../widget/chat/chat.ts';
import { messagesThrough } from '../../../../widget/chat/wazzup/messages.ts';
import type { Client } from '../../../../widget/http/client.ts';
import { Failure } from '../../../../widget/http/failure.ts';
import { stageInNode, type NodeStage } from '../../../mocks/node.ts';
import { ADMIN } from '../../../world/people.ts';
import { SALES_CHANNEL, type WorldOptions } from '../../../world/world.ts';
import { servicesOf } from '../../../support/services.ts';

let stage: NodeStage | undefined;
afterEach(() => {
  stage?.close();
  stage = undefined;
});

function opened(options: Partial<WorldOptions> = {}): { readonly chat: Chat; readonly stage: NodeStage } {
  stage = stageInNode({ person: ADMIN, ...options });
  return { chat: servicesOf(stage.world).chat, stage };
}

const hello: Outgoing = {
  channel: { id: SALES_CHANNEL, name: 'Sales', messenger: 'waba', state: 'active' },
  number: '79160000009',
  content: { text: 'Hello' },
  authorId: String(ADMIN),
  clientId: 'once',
};

const refusingWith =
  (reason: string): Client =>
  () =>
    Promise.reject(new Failure('refused', 'chat', { reason }));

describe('templates', () => {
  it('say whether they are approved and whether they have blanks to fill in', async () => {
    const { chat, stage } = opened();
    stage.world.chat.templates.push(
      { templateGuid: 't-1', name: 'Hello', status: 'APPROVED', text: 'Hello!' },
      { templateGuid: 't-2', name: 'Name', status: 'approved', text: 'Hello, {{1}}!' },
      { templateGuid: 't-3', name: 'Old', status: 'archived', text: 'Hello, [[name]]!' },
    );
    expect((await chat.templates()).items).toEqual([
      { id: 't-1', name: 'Hello', text: 'Hello!', approved: true, hasBlanks: false },
      { id: 't-2', name: 'Name', text: 'Hello, {{1}}!', approved: true, hasBlanks: true },
      { id: 't-3', name: 'Old', text: 'Hello, [[name]]!', approved: false, hasBlanks: true },
    ]);
  });

  it('are read to the last page', async () => {
    const { chat, stage } = opened();
    const { templates } = stage.world.chat;
    for (let at = 0; at < 101; at += 1) {
      templates.push({ templateGuid: `t-${at}`, name: 'Hello', status: 'approved', text: '' });
    }
    expect((await chat.templates()).items).toHaveLength(101);
  });

  it('are sent by their id, without a text', async () => {
    const { chat, stage } = opened();
    const [sales] = stage.world.chat.channels;
    if (sales) stage.world.chat.channels[0] = { ...sales, transport: 'wapi' };
    stage.world.chat.templates.push({
      templateGuid: 't-1',
      name: 'Hello',
      status: 'approved',
      text: 'Hello!',
    });
    await chat.send({ ...hello, content: { templateId: 't-1' } });
    expect(stage.world.chat.threads[0]?.messages).toMatchObject([{ text: 'Hello!' }]);
    await expect(chat.send({ ...hello, content: { templateId: 't-2' } })).rejects.toMatchObject({
      reason: 'template-rejected',
    });
  });
});

describe('a refusal of a message', () => {
  it.each([
    ['CHANNEL_NOT_FOUND', 'channel-gone'],
    ['CHANNEL_BLOCKED', 'channel-blocked'],
    ['CHANNEL_NO_MONEY', 'channel-unpaid'],
    ['channelLimitExceeded', 'channel-limit'],
    ['MESSAGE_CHANNEL_UNAVAILABLE', 'channel-unavailable'],
    ['MESSAGES_NOT_TEXT_FIRST', 'not-first'],
    ['MESSAGES_IS_SPAM', 'spam'],
    ['BAD_CONTACT', 'bad-contact'],
    ['WRONG_TRANSPORT', 'wrong-messenger'],
    ['BALANCE_IS_EMPTY', 'no-balance'],
    ['CHANNEL_WAPI_REJECTED', 'waba-rejected'],
    ['TEMPLATE_REJECTED', 'template-rejected'],
    ['CHAT_NO_ACCESS', 'no-access'],
    ['INVALID_MESSAGE_DATA', 'bad-message'],
    ['REPEATED_CRM_MESSAGE_ID', 'already-sent'],
    ['repeatedCrmMessageId', 'already-sent'],
    ['key-refused', 'key-refused'],
    ['SOMETHING_NEW', 'SOMETHING_NEW'],
  ])('with the code %s becomes the reason %s', async (code, reason) => {
    await expect(messagesThrough(refusingWith(code)).send(hello)).rejects.toMatchObject({
      code: 'refused',
      reason,
    });
  });

  it('that the service cannot explain counts as "down", so the message may have been sent', async () => {
    await expect(messagesThrough(refusingWith('UNKNOWN_ERROR')).send(hello)).rejects.toMatchObject({
      code: 'down',
    });
  });
});

describe('the address of the chat window', () => {
  it('is a page of the service, for the person who asks', async () => {
    const { chat, stage } = opened();
    const address = await chat.windowAddress({
      scope: 'global',
    });
    expect(address.startsWith(`${stage.world.options.chatOrigin}/window`)).toBe(true);
  });

  it.each(['javascript:alert(1)//', 'data:text/html,hello', 'chats', ''])(
    'is never a page of %s',
    async chatOrigin => {
      const { chat } = opened({ chatOrigin });
      await expect(chat.windowAddress({ scope: 'global' })).rejects.toMatchObject({ code: 'unreadable' });
    },
  );
});
