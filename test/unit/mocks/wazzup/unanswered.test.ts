import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import type { WireRole } from '../../../world/chat.ts';
import { standingClock } from '../../../world/clock.ts';
import { createWorld, SALES_CHANNEL, type World } from '../../../world/world.ts';
import { chatWith } from '../ask.ts';
import { told } from '../../told.ts';

/** Person 1 has the role. Client 1 is theirs, client 2 is a colleague's, and client 3 has no responsible. */
function worldWith(role: WireRole | undefined, allowGetNewClients: boolean): World {
  const world = createWorld({ clock: standingClock() });
  if (role)
    world.chat.settings.userRoles = [{ channelId: SALES_CHANNEL, userId: '1', role, allowGetNewClients }];
  for (const client of [1, 2, 3]) {
    world.chat.receive({
      channelId: SALES_CHANNEL,
      chatId: `7916000000${client}`,
      name: 'Client',
      text: 'Hello',
    });
    if (client === 3) continue;
    world.chat.contacts.set(`c-${client}`, {
      id: `c-${client}`,
      responsibleUserId: String(client),
      name: 'Client',
      contactData: [{ chatType: 'whatsapp', chatId: `7916000000${client}` }],
    });
  }
  return world;
}

const counter = v.object({ counterV2: v.number(), type: v.nullable(v.string()) });

async function counterOf(world: World): Promise<unknown> {
  const { counterV2, type } = await told(await chatWith(world, 'v3')('GET /v3/unanswered/1'), counter);
  return [counterV2, type];
}

describe('GET /v3/unanswered/:id', () => {
  it.each<[WireRole | undefined, boolean, number, string | null]>([
    [undefined, false, 0, null],
    ['seller', false, 1, 'red'],
    ['seller', true, 2, 'red'],
    ['manager', false, 1, 'red'],
    ['auditor', false, 3, 'grey'],
  ])(
    'for the role %s that receives new clients (%s) counts %i, %s',
    async (role, receives, count, colour) => {
      expect(await counterOf(worldWith(role, receives))).toEqual([count, colour]);
    },
  );

  it("counts others' chats in grey for a supervisor without chats of their own", async () => {
    const world = worldWith('manager', false);
    world.chat.contacts.delete('c-1');
    expect(await counterOf(world)).toEqual([3, 'grey']);
  });

  it('counts all chats in red for a supervisor with notifications', async () => {
    const world = worldWith('manager', false);
    world.chat.settings.pushInputOutputMessageEventsForManagers = true;
    expect(await counterOf(world)).toEqual([3, 'red']);
  });

  it('does not count a chat that was answered or is older than a week', async () => {
    const world = worldWith('auditor', false);
    const [first] = world.chat.threads;
    if (first) world.chat.reply('1', first, 'Here I am');
    expect(await counterOf(world)).toEqual([2, 'grey']);
    world.clock.advance(7 * 24 * 3_600_000 + 1);
    expect(await counterOf(world)).toEqual([0, null]);
  });
});
