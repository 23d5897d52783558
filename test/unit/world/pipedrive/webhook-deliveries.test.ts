/** B7: when a webhook is sent again, when its address is left alone, and when it is deleted. */
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
  const told: number[] = [];
  const given = { status: 200 };
  const start = world.clock.now();
  world.carryPipedriveHooks(async () => {
    told.push((world.clock.now() - start) / SECOND);
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
  return { world, company, webhook, told, given, happens };
}

describe('a webhook that is not taken', () => {
  it('is sent again after 3, 30 and 150 seconds, and never after that', async () => {
    const { world, company, told, given, happens } = telling();
    given.status = 500;
    happens();
    await world.pass(10 * MINUTE);
    expect(told).toEqual([0, 3, 33, 183]);
    expect(company.deliveries.all[0]?.state).toBe('given-up');
  });

  it.each([199, 301, 404, 500])('was answered with %i', async status => {
    const { world, told, given, happens } = telling();
    given.status = status;
    happens();
    await world.pass(3 * SECOND);
    expect(told).toHaveLength(2);
  });

  it('may take ten seconds', async () => {
    const { world, company, happens } = telling();
    world.carryPipedriveHooks(() => world.clock.wait(11 * SECOND).then(() => 200));
    happens();
    world.clock.advance(10 * SECOND);
    await world.settled();
    expect(company.deliveries.all[0]?.attempts.map(({ outcome }) => outcome)).toEqual(['too-slow']);
  });
});

describe('an address that fails ten events', () => {
  it('is left alone for half an hour, and what happens then is told nobody', async () => {
    const { world, company, told, given, happens } = telling();
    given.status = 500;
    for (let count = 0; count < 10; count += 1) {
      happens();
      await world.settled();
    }
    given.status = 200;
    const before = told.length;
    happens();
    await world.pass(29 * MINUTE);
    expect([told.length - before, company.deliveries.lost.length]).toEqual([0, 1]);
    await world.pass(MINUTE);
    happens();
    await world.settled();
    expect(told.length - before).toBe(1);
  });

  it('is counted anew after that', async () => {
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

describe('a webhook of which nothing is taken for three days', () => {
  it('is deleted, and nobody is told', async () => {
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

  it('lives on when one of them was taken', async () => {
    const { world, company, given, happens } = telling();
    for (const status of [500, 500, 200, 500]) {
      given.status = status;
      happens();
      await world.pass(DAY);
    }
    expect(company.webhooks.all()).toHaveLength(1);
  });
});

describe('accidents on the way', () => {
  it('lose a webhook, or send it twice', async () => {
    const { world, company, told, happens } = telling();
    company.deliveries.mishap('lost');
    happens();
    await world.settled();
    expect(told).toHaveLength(0);
    company.deliveries.mishap('doubled');
    happens();
    await world.settled();
    expect(told).toHaveLength(2);
  });
});
