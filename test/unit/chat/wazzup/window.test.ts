import { decodeJwt } from 'jose';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import * as v from 'valibot';
import type { Chat, ClientChat } from '../../../../widget/chat/chat.ts';
import { isOwnAddress } from '../../../../widget/chat/wazzup/window.ts';
import { stageInNode, type NodeStage } from '../../../mocks/node.ts';
import { HEAD_OF_SALES } from '../../../world/people.ts';
import { SALES_CHANNEL } from '../../../world/world.ts';
import { servicesOf } from '../../../support/services.ts';
import { told } from '../../told.ts';

let stage: NodeStage;
let chat: Chat;
beforeEach(() => {
  stage = stageInNode({ person: HEAD_OF_SALES });
  ({ chat } = servicesOf(stage.world));
  stage.world.chat.settings.userRoles = [
    {
      channelId: SALES_CHANNEL,
      userId: String(HEAD_OF_SALES),
      role: 'manager',
      allowGetNewClients: false,
    },
  ];
  for (const chatId of ['79160000001', '79160000002']) {
    stage.world.chat.receive({ channelId: SALES_CHANNEL, chatId, name: chatId, text: 'Здравствуйте' });
  }
});
afterEach(() => stage.close());

const anna: ClientChat = {
  identity: { messenger: 'whatsapp', id: '79160000001', phone: '79160000001' },
  name: 'Анна',
  channelId: SALES_CHANNEL,
};
const byPhone: ClientChat = {
  identity: { messenger: 'telegram', id: '', phone: '79160000001' },
  name: 'Анна',
};

const shown = v.object({
  threads: v.array(v.object({ chatId: v.string() })),
  active: v.optional(v.object({ channelId: v.optional(v.string()), chatId: v.string() })),
});
const shownAt = async (address: string): Promise<v.InferOutput<typeof shown>> =>
  told(await fetch(address.replace('/window?', '/window/threads?')), shown);

/** The chats that the signed address is for. */
const askedIn = (address: string): unknown =>
  decodeJwt(new URL(address).searchParams.get('token') ?? '')['chats'];

describe('the chat window', () => {
  it('of all chats shows everything that the person may see', async () => {
    const address = await chat.windowAddress({ scope: 'global' });
    expect((await shownAt(address)).threads).toHaveLength(2);
  });

  it('of a client shows their chats only, opened on the one that was asked for', async () => {
    const address = await chat.windowAddress({ scope: 'client', client: [anna], active: anna });
    expect(await shownAt(address)).toEqual({
      threads: [{ chatId: '79160000001' }],
      active: { channelId: SALES_CHANNEL, chatId: '79160000001' },
    });
  });

  it('leaves out chats whose id is not known yet, if there is another', async () => {
    const address = await chat.windowAddress({
      scope: 'client',
      client: [byPhone, anna],
      active: byPhone,
    });
    expect(await shownAt(address)).toEqual({ threads: [{ chatId: '79160000001' }] });
    expect(askedIn(address)).toEqual([{ chatType: 'whatsapp', chatId: '79160000001' }]);
  });

  it('is requested by phone when nothing else is known', async () => {
    const address = await chat.windowAddress({ scope: 'client', client: [byPhone] });
    expect(askedIn(address)).toEqual([{ chatType: 'telegram', phone: '79160000001' }]);
  });

  it('is refused without a client', async () => {
    await expect(chat.windowAddress({ scope: 'client', client: [] })).rejects.toMatchObject({
      code: 'refused',
    });
  });

  it('has an address of the service', async () => {
    expect(chat.isOwnAddress(await chat.windowAddress({ scope: 'global' }))).toBe(true);
  });
});

describe('an address that may be opened', () => {
  it.each([
    'https://wazzup24.com/chat?token=1',
    'https://chats.wazzup24.com/',
    'https://a.b.wazzup24.ru/#x',
    'https://wazzup-24.kz/',
    'https://chats.localhost:4173/window',
    'http://localhost:4173/window',
    'http://chats.localhost/window',
  ])('is %s', address => {
    expect(isOwnAddress(address)).toBe(true);
  });

  it.each([
    'http://chats.wazzup24.com/',
    'https://wazzup24.com.evil.example/',
    'https://evilwazzup24.com/',
    'https://evil.example/?wazzup24.com',
    'https://wazzup24.com@evil.example/',
    'https://somebody:secret@wazzup24.com/',
    'https://evil.example\\.wazzup24.com/',
    'https://localhost.evil.example/',
    'https://evillocalhost/',
    '//wazzup24.com/',
    'javascript:alert(1)//wazzup24.com',
    'data:text/html,wazzup24.com',
    'wss://chats.localhost/',
    'chats',
    '',
  ])('is not %s', address => {
    expect(isOwnAddress(address)).toBe(false);
  });
});
