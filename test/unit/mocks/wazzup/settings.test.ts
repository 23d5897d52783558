import { describe, expect, it } from 'vitest';
import type { UserRole } from '../../../world/chat.ts';
import { createWorld, SALES_CHANNEL, WHOLESALE_CHANNEL } from '../../../world/world.ts';
import { chatWith, json } from '../ask.ts';

const first: UserRole = { channelId: SALES_CHANNEL, userId: '1', role: 'seller', allowGetNewClients: true };
const second: UserRole = {
  channelId: WHOLESALE_CHANNEL,
  userId: '2',
  role: 'auditor',
  allowGetNewClients: false,
};

describe('PATCH /settings', () => {
  it('replaces the whole list: a row that is left out is gone', async () => {
    const world = createWorld();
    const ask = chatWith(world, 'partner');
    await ask('PATCH /settings', json({ userRoles: [first, second] }));
    await ask('PATCH /settings', json({ userRoles: [second] }));
    expect(await (await ask('GET /settings')).json()).toEqual({
      pushInputOutputMessageEventsForManagers: false,
      userRoles: [second],
    });
  });

  it('keeps fields that are not written', async () => {
    const world = createWorld();
    world.chat.settings.userRoles = [first];
    await chatWith(world, 'partner')(
      'PATCH /settings',
      json({ pushInputOutputMessageEventsForManagers: true }),
    );
    expect(world.chat.settings).toEqual({
      pushInputOutputMessageEventsForManagers: true,
      userRoles: [first],
    });
  });

  it.each([
    ['an unknown role', { ...first, role: 'supervisor' }],
    ['a row without the switch', { ...first, allowGetNewClients: undefined }],
  ])('refuses %s, and changes nothing', async (_what, row) => {
    const world = createWorld();
    world.chat.settings.userRoles = [second];
    const answer = await chatWith(world, 'partner')('PATCH /settings', json({ userRoles: [row] }));
    expect(answer.status).toBe(400);
    expect(world.chat.settings.userRoles).toEqual([second]);
  });

  it('notifies watchers', async () => {
    const world = createWorld();
    let calls = 0;
    world.watch(() => (calls += 1));
    await chatWith(world, 'partner')('PATCH /settings', json({ userRoles: [first] }));
    expect(calls).toBe(1);
  });
});
