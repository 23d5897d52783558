import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Chat, Outgoing } from '../../../../widget/chat/chat.ts';
import type { Channel } from '../../../../domain/channel.ts';
import { sendTrial } from '../../../../widget/admin/trial/send.ts';
import { stageInNode, type NodeStage } from '../../../mocks/node.ts';
import { ADMIN } from '../../../world/people.ts';
import { SALES_CHANNEL, WHOLESALE_CHANNEL } from '../../../world/world.ts';
import { servicesOf } from '../../../support/services.ts';

const me = { id: String(ADMIN), name: 'Ольга Крылова' };
const SALES: Channel = { id: SALES_CHANNEL, name: 'Sales', messenger: 'whatsapp', state: 'active' };
const hello: Outgoing = {
  channel: SALES,
  number: '79160000009',
  content: { text: 'Hello' },
  authorId: me.id,
  clientId: 'once',
};

let stage: NodeStage;
let chat: Chat;
beforeEach(() => {
  stage = stageInNode({ person: ADMIN });
  ({ chat } = servicesOf(stage.world));
});
afterEach(() => stage.close());

const threads = () => stage.world.chat.threads;
const sends = () => stage.requests.filter(asked => asked.endsWith('/v3/message')).length;

describe('a trial message', () => {
  it('is sent once, in the name of a person whom the service knows', async () => {
    expect(await sendTrial(chat, hello, me)).toEqual({ kind: 'sent' });
    expect(threads()).toMatchObject([
      { channelId: SALES_CHANNEL, chatId: '79160000009', messages: [{ text: 'Hello', authorId: me.id }] },
    ]);
    expect(sends()).toBe(1);
  });

  it('is sent without an author with a key that opens channels and messages only', async () => {
    stage.keyKind = 'sidecar';
    expect(await sendTrial(chat, hello, me)).toEqual({ kind: 'sent' });
    expect(threads()).toMatchObject([{ messages: [{ text: 'Hello', authorId: 'API • Admin' }] }]);
  });

  it('reaches Telegram by phone number, because the chat has no id yet', async () => {
    const channel: Channel = { ...SALES, id: WHOLESALE_CHANNEL, messenger: 'telegram' };
    expect(await sendTrial(chat, { ...hello, channel }, me)).toEqual({ kind: 'sent' });
    expect(threads()).toMatchObject([{ chatType: 'telegram', chatId: '79160000009' }]);
  });

  it('counts as sent when the service has it already, and is not sent twice', async () => {
    await sendTrial(chat, hello, me);
    expect(await sendTrial(chat, hello, me)).toEqual({ kind: 'sent' });
    expect(threads()[0]?.messages).toHaveLength(1);
  });

  it.each(['cut', 'server-error', 'broken-json'] as const)(
    'has an unknown outcome and is not sent again after the fault "%s"',
    async fault => {
      stage.world.disturbances.add(/^POST \/v3\/message/, fault);
      expect(await sendTrial(chat, hello, me)).toEqual({ kind: 'unknown' });
      expect(sends()).toBe(1);
    },
  );

  it.each([
    ['notEnoughMoney', 'channel-unpaid'],
    ['blocked', 'channel-blocked'],
    ['qridle', 'channel-unavailable'],
  ])('is refused with a reason when the channel is %s', async (state, problem) => {
    const [sales] = stage.world.chat.channels;
    if (sales) sales.state = state;
    expect(await sendTrial(chat, hello, me)).toMatchObject({ kind: 'refused', problem });
  });

  it('is not sent when its author cannot be introduced to the service', async () => {
    stage.world.disturbances.add(/^POST \/v3\/users/, 'server-error');
    expect(await sendTrial(chat, hello, me)).toMatchObject({ kind: 'refused', failure: { code: 'down' } });
    expect(sends()).toBe(0);
  });
});
