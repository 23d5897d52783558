import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Chat } from '../../../../widget/chat/chat.ts';
import { stageInNode, type NodeStage } from '../../../mocks/node.ts';
import { ADMIN, SELLER_A } from '../../../world/people.ts';
import { SALES_CHANNEL } from '../../../world/world.ts';
import { hurried, hurry } from '../../../support/hurried.ts';
import { servicesOf } from '../../../support/services.ts';

let stage: NodeStage;
beforeEach(() => {
  hurry();
  stage = stageInNode({ person: ADMIN });
});
afterEach(() => {
  stage.close();
  vi.useRealTimers();
});

const WRITES: readonly [what: string, write: (chat: Chat) => Promise<unknown>][] = [
  ['roles', async chat => chat.saveRoles({ ...(await chat.roles()), notifySupervisors: true })],
  ['people', chat => chat.introduce([{ id: String(SELLER_A), name: 'Adam' }])],
  [
    'a message',
    chat =>
      chat.send({
        channel: { id: SALES_CHANNEL, name: 'Sales', messenger: 'whatsapp', state: 'active' },
        number: '79161234567',
        content: { text: 'Hello' },
        authorId: String(SELLER_A),
        clientId: 'one',
      }),
  ],
];

describe('a write through the gateway', () => {
  it.each(WRITES)('of %s may take as long as the gateway may take', async (_what, write) => {
    const { disturbances, clock } = stage.world;
    const { chat } = servicesOf(stage.world);
    await hurried(chat.introduce([{ id: String(SELLER_A), name: 'Adam' }]));
    // This delays the page's own request.
    disturbances.add(/^(PATCH|POST)/, () => clock.wait(20_000));
    await expect(hurried(write(chat))).resolves.not.toThrow();
  });
});
