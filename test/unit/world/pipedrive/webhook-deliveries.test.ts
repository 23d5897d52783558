/** When a webhook is sent again, when its address gets a pause, and when it is deleted. */
import { describe, expect, it } from 'vitest';
import { standingClock } from '../../../world/clock.ts';
import { ADMIN, SELLER_A } from '../../../world/people.ts';
import { createWorld } from '../../../world/world.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const DAY = 86_400 * SECOND;

function telling() {
  const world = createWorld({ clock: standingClock() });
  const company = world.pipedrive.openCompany({ domain: 'acme' });
  const sentAt: number[] = [];
  const given = { status: 200 };
  const start = world.clock.now();
  world.carryPipedriveHooks(async () => {
    sentAt.push((world.clock.now() - start) / SECOND);
    return given.status;
  });
  const webhook = company.webhooks.add(ADMIN, {
    subscriptionUrl: 'https://app.example.com/hooks',
    eventAction: '*',
    eventObject: 'person',
    name: null,
    userId: ADMIN,
    httpAuthUser: null,
    httpAuthPassword: null,
  });
  const happens = () => company.addPerson({ name: 'Anna', ownerId: SELLER_A });
  return { world, company, webhook, sentAt, given, happens };
}

describe('a webhook that is not accepted', () => {
  it('is sent again after 3, 30 and 150 seconds, and never after that', async () => {
    const { world, company, sentAt, given, happens } = telling();
    given.status = 500;
    happens();
    await world.pass(10 * MINUTE);
    expect(sentAt).toEqual([0, 3, 33, 183]);
    expect(company.deliveries.all[0]?.state).toBe('given-up');
  });

  it.each([199, 301, 404, 500])('is one that was answered with %i', async status => {
    const { world, sentAt, given, happens } = telling();
    given.status = status;
    happens();
    await world.pass(3 * SECOND);
    expect(sentAt).toHaveLength(2);
  });

  it('is one that was not answered within ten seconds', async () => {
    const { world, company, happens } = telling();
    world.carryPipedriveHooks(() => world.clock.wait(11 * SECOND).then(() => 200));
    happens();
    world.clock.advance(10 * SECOND);
    await world.settled();
    expect(company.deliveries.all[0]?.attempts.map(({ outcome }) => outcome)).toEqual(['too-slow']);
  });
});

describe('an address that fails ten events', () => {
  it('gets nothing for half an hour, and events in that time are lost', async () => {
    const { world, company, sentAt, given, happens } = telling();
    given.status = 500;
    for (let count = 0; count < 10; count += 1) {
      happens();
      await world.settled();
    }
    given.status = 200;
    const before = sentAt.length;
    happens();
    await world.pass(29 * MINUTE);
    expect([sentAt.length - before, company.deliveries.lost.length]).toEqual([0, 1]);
    await world.pass(MINUTE);
    happens();
    await world.settled();
    expect(sentAt.length - before).toBe(1);
  });

  it('is counted again from zero after that', async () => {
    const { world, webhook, given, happens } = telling();
    given.status = 500;
    for (let count = 0; count < 10; count += 1) {
      happens();
      await world.settled();
    }
    await world.pass(31 * MINUTE);
    happens();
    await world.settled();
    expect(typeof webhook === 'object' && webhook.standing).toMatchObject({ failures: 1 });
  });
});

describe('a webhook that is not accepted for three days', () => {
  it('is deleted without notice', async () => {
    const { world, company, given, happens } = telling();
    given.status = 500;
    for (let day = 0; day < 3; day += 1) {
      happens();
      await world.pass(DAY);
    }
    const before = company.webhooks.all().length;
    happens();
    await world.settled();
    expect([before, company.webhooks.all()]).toEqual([1, []]);
    expect(company.webhooks.removed.map(({ why }) => why)).toEqual(['three-days']);
  });

  it('is kept when one event was accepted', async () => {
    const { world, company, given, happens } = telling();
    for (const status of [500, 500, 200, 500]) {
      given.status = status;
      happens();
      await world.pass(DAY);
    }
    expect(company.webhooks.all()).toHaveLength(1);
  });
});

describe('accidents in the network', () => {
  it('lose a webhook, or deliver it twice', async () => {
    const { world, company, sentAt, happens } = telling();
    company.deliveries.mishap('lost');
    happens();
    await world.settled();
    expect(sentAt).toHaveLength(0);
    company.deliveries.mishap('doubled');
    happens();
    await world.settled();
    expect(sentAt).toHaveLength(2);
  });
});
