import { describe, expect, it } from 'vitest';
import { runningClock, standingClock } from '../../world/clock.ts';
import { ADMIN, NOBODY, SELLER_A, SELLER_B } from '../../world/people.ts';
import { createWorld, WHOLESALE_CHANNEL } from '../../world/world.ts';

describe('a client who writes', () => {
  it('becomes a contact of the stand-in owner in the CRM, and no contact in the chat service', () => {
    const world = createWorld();
    const contact = world.clientWrites({ name: 'Anna', phone: '+7 (916) 000-00-01', text: 'Hello' });
    expect(contact).toMatchObject({
      name: 'Anna',
      phones: ['+7 (916) 000-00-01'],
      responsibleUserId: NOBODY,
    });
    expect(world.chat.threads).toMatchObject([
      { chatId: '79160000001', name: 'Anna', messages: [{ text: 'Hello' }] },
    ]);
    expect(world.chat.contacts.size).toBe(0);
  });

  it('is recognized by their number in any form', () => {
    const world = createWorld();
    const known = world.crm.addContact('Anna', ['7 916 000 00 01'], SELLER_A);
    expect(world.clientWrites({ phone: '+79160000001', channelId: WHOLESALE_CHANNEL })).toBe(known);
    expect(world.crm.contacts.size).toBe(1);
  });

  it('is a new person each time by default', () => {
    const world = createWorld();
    const ids = [world.clientWrites(), world.clientWrites(), world.clientWrites()].map(({ id }) => id);
    expect(new Set(ids).size).toBe(3);
  });

  it('is reported to watchers until they stop', () => {
    const world = createWorld();
    let seen = 0;
    const stop = world.watch(() => (seen += 1));
    world.clientWrites();
    stop();
    world.clientWrites();
    expect(seen).toBe(1);
  });
});

describe('a reset', () => {
  it('restores the initial state', () => {
    const world = createWorld({ crmOrigin: 'http://crm.localhost:8000' });
    world.clientWrites();
    world.chat.settings.pushInputOutputMessageEventsForManagers = true;
    world.crm.integration.active = true;
    world.disturbances.add(/./, 'cut');
    world.oddities.patchAnswer = 'embedded';
    world.unhandledRequests.push('GET /x');
    world.reset();
    expect(world.crm.contacts.size).toBe(0);
    expect(world.crm.ownerChanges).toEqual([]);
    expect(world.crm.integration.active).toBe(false);
    expect(world.chat.threads).toEqual([]);
    expect(world.chat.settings).toEqual({ pushInputOutputMessageEventsForManagers: false, userRoles: [] });
    expect(world.disturbances.waiting()).toEqual([]);
    expect(world.oddities.patchAnswer).toBe('plain');
    expect(world.unhandledRequests).toEqual([]);
    expect(world.crm.account.origin).toBe('http://crm.localhost:8000');
  });

  it('keeps people logged in, and notifies watchers', () => {
    const world = createWorld();
    world.crm.sessions.set('cookie', SELLER_A);
    let seen = 0;
    world.watch(() => (seen += 1));
    world.reset();
    expect(world.crm.sessions.get('cookie')).toBe(SELLER_A);
    expect(seen).toBe(1);
  });

  it('can change the number of people and the language', () => {
    const world = createWorld();
    world.reset({ size: 30, language: 'en' });
    expect(world.crm.users.size).toBe(30);
    expect(world.crm.users.get(SELLER_A)?.name).toBe('Adam Archer');
    expect(world.chat.channels.map(({ name }) => name)).toEqual(['Sales', 'Wholesale']);
  });
});

describe('an office', () => {
  it('always has the five people that stories use, and some who have left when it is large', () => {
    const small = createWorld({ size: 1 }).crm.users;
    expect([...small.keys()]).toEqual([ADMIN, SELLER_A, SELLER_B, 8004, NOBODY]);
    expect([...small.values()].filter(({ isAdmin }) => isAdmin).map(({ id }) => id)).toEqual([ADMIN]);
    const large = [...createWorld({ size: 1000 }).crm.users.values()];
    expect(large).toHaveLength(1000);
    expect(large.some(({ isActive }) => !isActive)).toBe(true);
  });
});

describe("the world's clock", () => {
  it('stands still until it is advanced', async () => {
    const clock = standingClock();
    const before = clock.now();
    const order: string[] = [];
    const waited = clock.wait(1000).then(() => order.push('one second'));
    clock.advance(999);
    await Promise.resolve();
    order.push('almost');
    clock.advance(1);
    await waited;
    expect(order).toEqual(['almost', 'one second']);
    expect(clock.now() - before).toBe(1000);
  });

  it('can be moved ahead of the real clock', async () => {
    const clock = runningClock();
    const waited = clock.wait(3_600_000);
    clock.advance(3_600_000);
    await waited;
    const wall = Date.now();
    expect(clock.now()).toBeGreaterThanOrEqual(wall + 3_600_000);
  });
});
