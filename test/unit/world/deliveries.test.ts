import { describe, expect, it } from 'vitest';
import { standingClock } from '../../world/clock.ts';
import type { Outcome } from '../../world/courier.ts';
import type { HookContent } from '../../world/deliveries.ts';
import { ADMIN, SELLER_A, SELLER_B } from '../../world/people.ts';
import { createWorld, type World } from '../../world/world.ts';

const ADDRESS = 'https://app.example.com/hooks/1';
const MINUTE = 60_000;

type Site = {
  readonly world: World;
  /** The received hooks, with the minutes since the start. */
  readonly received: { readonly minute: number; readonly content: HookContent }[];
};

/** A hook for all events of contacts and deals; `answer` gets the number of the attempt. */
function site(answer: (attempt: number) => Outcome | 'never' = () => 200): Site {
  const clock = standingClock();
  const start = clock.now();
  const world = createWorld({ clock });
  const received: Site['received'] = [];
  world.carryHooks(async (_crm, { content }) => {
    received.push({ minute: (clock.now() - start) / MINUTE, content });
    const outcome = answer(received.length);
    if (outcome === 'never') return new Promise(() => undefined);
    if (typeof outcome === 'string') throw new Error(outcome);
    return outcome;
  });
  const settings = ['add', 'update', 'responsible', 'delete'].flatMap(action => [
    `${action}_contact`,
    `${action}_lead`,
  ]);
  world.crm.hooks.subscribe(ADMIN, { destination: ADDRESS, settings: [...settings, 'status_lead'] });
  return { world, received };
}

const minutes = ({ received }: Site): number[] => received.map(one => one.minute);
const idsReceived = ({ received }: Site): number[] =>
  received.flatMap(({ content }) => content.items.map(({ change }) => change.record.id));
const add = ({ world }: Site, name = 'Anna'): number => world.crm.addContact(name, [], SELLER_A).id;
const state = ({ world }: Site): string | undefined => world.crm.deliveries.all.at(-1)?.state;

describe('a hook', () => {
  it.each<[Outcome, number[], string]>([
    [200, [0], 'delivered'],
    [299, [0], 'delivered'],
    [100, [0], 'delivered'],
    [300, [0, 5, 20], 'given-up'],
    [404, [0, 5, 20], 'given-up'],
    [498, [0, 5, 20], 'given-up'],
    [499, [0, 5, 20, 35, 95], 'given-up'],
    [500, [0, 5, 20, 35, 95], 'given-up'],
    [599, [0, 5, 20, 35, 95], 'given-up'],
    [600, [0, 5, 20], 'given-up'],
    [99, [0, 5, 20], 'given-up'],
    ['refused', [0, 5, 20], 'given-up'],
  ])('that is answered %s is sent at minutes %j and is %s', async (outcome, expected, last) => {
    const here = site(() => outcome);
    add(here);
    await here.world.pass(24 * 60 * MINUTE);
    expect([minutes(here), state(here)]).toEqual([expected, last]);
  });

  it('is not sent a minute too early', async () => {
    const here = site(() => 500);
    add(here);
    const received: number[] = [];
    for (const wait of [4, 1, 14, 1, 14, 1, 59, 1]) {
      await here.world.pass(wait * MINUTE);
      received.push(here.received.length);
    }
    expect(received).toEqual([1, 2, 2, 3, 3, 4, 4, 5]);
  });

  it('waits two seconds for an answer and no longer', async () => {
    const here = site(attempt => (attempt === 1 ? 'never' : 200));
    const { clock, deliveries } = { ...here.world, ...here.world.crm };
    add(here);
    clock.advance(1999);
    expect(deliveries.all[0]?.attempts).toEqual([]);
    clock.advance(1);
    await here.world.settled();
    expect(deliveries.all[0]?.attempts.map(one => one.outcome)).toEqual(['too-slow']);
    await here.world.pass(5 * MINUTE);
    expect([here.received.length, state(here)]).toEqual([2, 'delivered']);
  });

  it('that was delivered is not sent again', async () => {
    const here = site(attempt => (attempt < 3 ? 503 : 204));
    add(here);
    await here.world.pass(24 * 60 * MINUTE);
    expect([minutes(here), state(here)]).toEqual([[0, 5, 20], 'delivered']);
  });

  it('has the record as it was, even if it has changed since', async () => {
    const here = site(attempt => (attempt === 1 ? 500 : 200));
    const id = add(here);
    here.world.crm.changeContact(ADMIN, id, { name: 'Bella' });
    await here.world.pass(6 * MINUTE);
    const records = here.received.map(({ content }) => content.items[0]?.change.record);
    expect(records).toMatchObject([{ name: 'Anna' }, { name: 'Bella' }, { name: 'Anna' }]);
  });
});

describe('a hook whose address answers badly', () => {
  it('is switched off by the 101st bad answer in two hours, and the administrators are notified', async () => {
    const here = site(() => 400);
    const { crm } = here.world;
    for (let count = 0; count < 100; count += 1) add(here);
    await here.world.settled();
    expect(crm.hooks.all()[0]?.disabled).toBe(false);
    add(here);
    await here.world.settled();
    expect(crm.hooks.all()[0]?.disabled).toBe(true);
    expect(crm.deliveries.switchedOff.map(one => one.destination)).toEqual([ADDRESS]);
  });

  it('that was switched on again stays on while the newest answer is a good one', async () => {
    const here = site(attempt => (attempt === 102 ? 200 : 400));
    const { hooks } = here.world.crm;
    for (let count = 0; count < 101; count += 1) add(here);
    await here.world.settled();
    hooks.enable(ADDRESS);
    const seen: (boolean | undefined)[] = [];
    for (let count = 0; count < 2; count += 1) {
      add(here);
      await here.world.settled();
      seen.push(hooks.all()[0]?.disabled);
    }
    expect(seen).toEqual([false, true]);
  });

  it('stays on when the bad answers are spread over more than two hours', async () => {
    const here = site(() => 400);
    for (let count = 0; count < 33; count += 1) add(here);
    await here.world.pass(121 * MINUTE);
    expect(here.received.length).toBe(99);
    for (let count = 0; count < 33; count += 1) add(here);
    await here.world.pass(60 * MINUTE);
    expect([here.received.length, here.world.crm.hooks.all()[0]?.disabled]).toEqual([198, false]);
  });

  it('sends nothing while it is off, and never sends what happened meanwhile', async () => {
    const here = site(attempt => (attempt === 1 ? 500 : 200));
    const { crm } = here.world;
    add(here, 'Before');
    await here.world.settled();
    crm.deliveries.switchOff(ADDRESS);
    add(here, 'Meanwhile');
    await here.world.pass(60 * MINUTE);
    expect([here.received.length, crm.deliveries.all.map(one => one.state)]).toEqual([1, ['called-off']]);
    crm.hooks.enable(ADDRESS);
    const after = add(here, 'After');
    await here.world.settled();
    expect(idsReceived(here).at(-1)).toBe(after);
    expect(here.received.length).toBe(2);
  });
});

describe('a mishap', () => {
  it.each([
    ['lost', [2, 3]],
    ['doubled', [1, 1, 2, 3]],
    ['overtaken', [2, 1, 3]],
    ['late', [2, 3, 1]],
  ] as const)('"%s" of the first hook makes the address receive %j', async (mishap, expected) => {
    const here = site();
    here.world.crm.deliveries.mishap(mishap);
    const ids = [add(here), add(here), add(here)];
    await here.world.settled();
    await here.world.pass(here.world.oddities.lateMs);
    expect(idsReceived(here).map(id => ids.indexOf(id) + 1)).toEqual(expected);
  });

  it('happens to one hook, or to the given number', async () => {
    const here = site();
    here.world.crm.deliveries.mishap('lost', 2);
    const ids = [add(here), add(here), add(here)];
    await here.world.settled();
    expect(idsReceived(here)).toEqual(ids.slice(2));
    expect(here.world.crm.deliveries.mishaps()).toEqual([]);
  });
});

describe('changes that come together', () => {
  it('are sent in one hook until it is full', async () => {
    const here = site();
    Object.assign(here.world.oddities, { hookDelayMs: 3000, hookBatch: 3 });
    const ids = [add(here), add(here), add(here), add(here)];
    here.world.crm.addLead('Doors', [], SELLER_A);
    await here.world.pass(3000);
    expect(here.received.map(({ content }) => content.items.length)).toEqual([3, 1, 1]);
    expect(idsReceived(here).slice(0, 4)).toEqual(ids);
  });

  it('of one record within a second are lost except for the first, with an oddity', async () => {
    const here = site();
    const { world } = here;
    const id = add(here);
    world.oddities.hookWithinSecond = 'later-lost';
    world.crm.assignContact(ADMIN, id, SELLER_B);
    world.crm.assignContact(ADMIN, id, ADMIN);
    await world.settled();
    expect(here.received.length).toBe(2);
    world.clock.advance(1000);
    world.crm.assignContact(ADMIN, id, SELLER_A);
    await world.settled();
    expect(here.received.length).toBe(3);
  });
});

describe('an address', () => {
  const eventsOf = ({ received }: Site): string[] =>
    received.flatMap(({ content }) =>
      content.items.map(({ action, change }) => `${action} ${change.entity}`),
    );

  it('gets only the events that it asked for', async () => {
    const here = site();
    here.world.crm.hooks.subscribe(ADMIN, { destination: ADDRESS, settings: ['delete_contact'] });
    here.world.crm.deleteContact(ADMIN, add(here));
    await here.world.settled();
    expect(eventsOf(here)).toEqual(['delete contact']);
  });

  it("gets a contact's new responsible once, as an update, and a deal's under each code", async () => {
    const here = site();
    const { crm } = here.world;
    const contact = add(here);
    const lead = crm.addLead('Doors', [contact], SELLER_A);
    await here.world.settled();
    here.received.length = 0;
    crm.assignContact(ADMIN, contact, SELLER_B);
    crm.assignLead(ADMIN, lead.id, SELLER_B);
    crm.moveLead(ADMIN, lead.id, 142);
    await here.world.settled();
    expect(eventsOf(here)).toEqual([
      'update contact',
      'responsible lead',
      'update lead',
      'status lead',
      'update lead',
    ]);
  });

  it('gets nothing on a plan without hooks', async () => {
    const here = site();
    here.world.crm.account.sendsHooks = false;
    add(here);
    await here.world.settled();
    expect(here.world.crm.deliveries.all).toEqual([]);
  });

  it('gets events of its own account only', async () => {
    const here = site();
    here.world.openAccount({ subdomain: 'second' }).addContact('Other', [], SELLER_A);
    const id = add(here);
    await here.world.settled();
    expect(idsReceived(here)).toEqual([id]);
  });
});
