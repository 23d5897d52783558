/** Answers that no page of the service describes do not spoil lists or claims, and do not show a person more than they may see. */
import { describe, expect, it } from 'vitest';
import type { Chat } from '../../../../widget/chat/chat.ts';
import { clientsThrough } from '../../../../widget/chat/wazzup/clients.ts';
import { messagesThrough } from '../../../../widget/chat/wazzup/messages.ts';
import { stageInNode } from '../../../mocks/node.ts';
import { ADMIN } from '../../../world/people.ts';
import { answering, answeringInTurn } from '../../answering.ts';
import { servicesOf } from '../../../support/services.ts';

/** Uses a chat service that has these things in it. */
async function over<T>(content: object, use: (chat: Chat) => Promise<T>): Promise<T> {
  const stage = stageInNode({ person: ADMIN });
  try {
    Object.assign(stage.world.chat, content);
    return await use(servicesOf(stage.world).chat);
  } finally {
    stage.close();
  }
}

describe('channels', () => {
  it('without a state, a name or a messenger are listed with an unknown state', async () => {
    const channels = [
      { channelId: 'a', transport: 'whatsapp', state: 'active', name: 'Sales' },
      { channelId: 7, plainId: 79160000001 },
      null,
      { transport: 'whatsapp', state: 'active' },
      { channelId: 'b', transport: null, state: 'dreaming', name: null },
      { channelId: 'a', transport: 'wapi', state: 'blocked', name: 'Sales' },
    ];
    expect(await over({ channels }, chat => chat.channels())).toEqual({
      items: [
        { id: 'a', name: 'Sales', messenger: 'waba', state: 'blocked' },
        { id: '7', name: '79160000001', messenger: 'other', state: 'unknown' },
        { id: 'b', name: '', messenger: 'other', state: 'unknown' },
      ],
      notUnderstood: 2,
    });
  });

  it.each([[null], [{}], [{ data: null }]])('are an empty list when there is none: %j', async channels => {
    expect(await over({ channels }, chat => chat.channels())).toEqual({ items: [], notUnderstood: 0 });
  });

  it.each([[{ unexpected: ['shape'] }], ['none']])(
    'are unreadable when the answer is something else: %j',
    async channels => {
      await expect(over({ channels }, chat => chat.channels())).rejects.toMatchObject({ code: 'unreadable' });
    },
  );
});

describe('a client of the chat service', () => {
  const known = { id: '3', responsibleUserId: '7', name: 'Anna', contactData: [] };

  it.each([
    ['no address', { uri: null }, { address: '' }],
    ['an id that is a number', { id: 3 }, { id: '3' }],
    ['no name', { name: null }, { name: '' }],
    ['a responsible that is a number', { responsibleUserId: 7 }, { ownerId: '7' }],
    ['no responsible', { responsibleUserId: null }, { ownerId: '' }],
    ['no identities', { contactData: null }, { identities: [] }],
    [
      'odd identities among the others',
      {
        contactData: [
          null,
          { chatType: 'whatsapp', chatId: 79160000001 },
          { chatType: null, chatId: '1' },
          {},
        ],
      },
      { identities: [{ messenger: 'whatsapp', id: '79160000001' }] },
    ],
  ])('with %s can be read', async (_what, about, understood) => {
    const { contact } = clientsThrough(answering({ ...known, ...about }));
    expect(await contact('3')).toMatchObject(understood);
  });

  it('is unreadable, and not unknown, when the answer is something else', async () => {
    const { contact } = clientsThrough(answering({ unexpected: ['shape'] }));
    await expect(contact('3')).rejects.toMatchObject({ code: 'unreadable' });
  });
});

describe('templates', () => {
  it('leave out odd ones and are listed once each', async () => {
    const { ask } = answeringInTurn([
      { templateGuid: 't-1', name: null, components: null, status: null },
      null,
      {
        templateGuid: 7,
        title: 'Hello',
        status: 'APPROVED',
        components: [null, { type: 'BODY', text: 'Hi' }],
      },
      { name: 'Nameless' },
      { templateGuid: 't-1', name: 'Old', status: 'approved' },
    ]);
    const { items, notUnderstood } = await messagesThrough(ask).templates();
    expect(items).toMatchObject([
      { id: 't-1', name: 'Old', text: '', approved: true },
      { id: '7', name: 'Hello', text: 'Hi', approved: true },
    ]);
    expect(notUnderstood).toBe(2);
  });
});
