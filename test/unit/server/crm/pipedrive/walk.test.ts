/** Events in a company, as they reach the server through Pipedrive's API and hooks. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ADMIN, HEAD_OF_SALES, SELLER_A, SELLER_B } from '../../../../world/people.ts';
import {
  ADDRESS,
  connectedCompany,
  ownersIn,
  SECRET,
  since,
  type ConnectedCompany,
} from './connected-company.ts';
import { forever } from './scripted.ts';

const [A, B] = [String(SELLER_A), String(SELLER_B)];

let stage: ConnectedCompany;
beforeEach(async () => {
  stage = await connectedCompany();
});
afterEach(() => {
  expect(stage.world.unhandledRequests).toEqual([]);
});

const clients = () => stage.crm.clients('1', forever);
const addAnna = (ownerId = SELLER_A) =>
  stage.company.addPerson({ name: 'Anna', phones: ['+7 999 111-22-33', 'by mail only'], ownerId });
const keepHooks = () => stage.crm.hooks.keep('1', ADDRESS, forever);
const hooks = () => stage.company.webhooks.all();

describe('hooks', () => {
  it('are subscribed to once, each with its own password', async () => {
    expect(await keepHooks()).toBe('kept');
    expect(hooks().map(one => [one.eventObject, one.eventAction, one.httpAuthUser])).toEqual([
      ['person', '*', 'person'],
      ['deal', '*', 'deal'],
      ['user', '*', 'user'],
    ]);
    expect(new Set(hooks().map(one => one.httpAuthPassword)).size).toBe(3);
    expect(await stage.costOf(keepHooks)).toBe(12);
    expect(hooks()).toHaveLength(3);
  });

  it('that Pipedrive has deleted are created again, and those of others are not touched', async () => {
    await keepHooks();
    const [first] = hooks();
    stage.company.webhooks.remove(first?.id ?? 0);
    const foreign = { ...first, subscriptionUrl: 'https://other.example.com/' };
    if (first) stage.company.webhooks.add(ADMIN, { ...first, subscriptionUrl: foreign.subscriptionUrl });
    expect(await keepHooks()).toBe('kept');
    expect(hooks().map(one => [one.eventObject, one.subscriptionUrl])).toEqual([
      ['deal', ADDRESS],
      ['user', ADDRESS],
      ['person', 'https://other.example.com/'],
      ['person', ADDRESS],
    ]);
  });

  it('name the new responsible, the previous one and the author', async () => {
    await keepHooks();
    const { id } = addAnna();
    stage.company.assignPerson(ADMIN, id, SELLER_B);
    await stage.world.settled();
    expect(stage.heard.map(({ names }) => names)).toEqual([[`contact ${id}`], [`contact ${id}`]]);
    expect(stage.heard[1]?.accountId).toBe(String(stage.company.id));
    const at = Math.floor(stage.company.now() / 1000);
    expect(await stage.told(String(id))).toMatchObject([{ by: String(ADMIN), before: A, after: B, at }]);
  });

  it('of a bulk change name each client', async () => {
    const ids = Array.from({ length: 20 }, () => addAnna().id);
    await keepHooks();
    stage.company.assignPersons(ADMIN, ids, SELLER_B);
    await stage.world.settled();
    expect(stage.heard.flatMap(({ names }) => names)).toEqual(ids.map(id => `contact ${id}`));
    expect(stage.heard.flatMap(({ changes }) => changes)).toHaveLength(20);
  });

  it('of an employee who has left name them, and they no longer work there', async () => {
    await keepHooks();
    stage.company.changeUser(ADMIN, SELLER_B, { isActive: false });
    await stage.world.settled();
    expect(stage.heard).toMatchObject([{ names: [], employees: [B], changes: [] }]);
    expect(await clients().works(B)).toBe(false);
    expect(await clients().works(A)).toBe(true);
    expect(await clients().works('987654')).toBe(false);
  });

  it('without our password are not accepted', async () => {
    await keepHooks();
    const headersOf = (user: string, password: string) =>
      new Headers({ Authorization: `Basic ${btoa(`${user}:${password}`)}` });
    const [person, deal] = hooks();
    const { admits } = stage.crm.hooks;
    const right = headersOf('person', person?.httpAuthPassword ?? '');
    expect(admits(SECRET, right)).toBe(true);
    expect(admits('x'.repeat(43), right)).toBe(false);
    expect(admits(SECRET, headersOf('person', deal?.httpAuthPassword ?? ''))).toBe(false);
    expect(admits(SECRET, headersOf('note', person?.httpAuthPassword ?? ''))).toBe(false);
    expect(admits(SECRET, headersOf('person', ''))).toBe(false);
    expect(admits(SECRET, new Headers({ Authorization: 'Bearer x' }))).toBe(false);
    expect(admits(SECRET, new Headers())).toBe(false);
  });
});

describe('a client', () => {
  it('is read with their phones as they were typed, and with their deals', async () => {
    const { id } = addAnna();
    const deals = Array.from({ length: 3 }, (_, at) =>
      stage.company.addDeal({ title: `Doors ${at}`, ownerId: SELLER_A, personId: id }),
    );
    const found = await clients().contact(String(id));
    expect(found && { ...found, dealIds: await found.dealIds() }).toEqual({
      name: 'Anna',
      responsibleId: A,
      phones: ['+7 999 111-22-33', 'by mail only'],
      dealIds: deals.map(deal => String(deal.id)),
    });
    const [first] = deals;
    expect(await clients().deal(String(first?.id))).toEqual({
      name: 'Doors 0',
      responsibleId: A,
      contactIds: [String(id)],
      isOpen: true,
    });
    expect(await clients().contact('999999')).toBeNull();
    expect(await clients().deal('999999')).toBeNull();
  });

  it('who was merged into another is gone, and the other one has their phone', async () => {
    await keepHooks();
    const [kept, lost] = [addAnna(), addAnna(SELLER_B)];
    stage.company.changePerson({ userId: ADMIN }, lost.id, {
      phones: [{ value: '+7 999 444-55-66', primary: true, label: 'work' }],
    });
    await stage.world.settled();
    stage.heard.length = 0;
    stage.company.mergePersons(ADMIN, lost.id, kept.id);
    await stage.world.settled();
    const names = new Set(stage.heard.flatMap(body => body.names));
    expect(names).toEqual(new Set([`contact ${lost.id}`, `contact ${kept.id}`]));
    expect(await clients().contact(String(lost.id))).toBeNull();
    expect((await clients().contact(String(kept.id)))?.phones).toContain('+7 999 444-55-66');
  });

  it('has no open deal when all are won, lost or archived', async () => {
    const { id } = addAnna();
    const fates = [{ status: 'won' }, { status: 'lost' }, { isArchived: true }] as const;
    const ids = fates.map(fate => {
      const deal = stage.company.addDeal({ title: 'Doors', ownerId: SELLER_A, personId: id });
      stage.company.changeDeal({ userId: ADMIN }, deal.id, fate);
      return String(deal.id);
    });
    for (const deal of ids) expect((await clients().deal(deal))?.isOpen).toBe(false);
    const listed = await stage.crm.lists('1', forever).records('deals');
    // An archived deal is still listed, because it was not deleted.
    expect(listed.map(one => [one.id, one.isOpen])).toEqual(ids.map(deal => [deal, false]));
  });
});

describe('the responsible of a client', () => {
  const log = (id: number, known = since(A)) => ownersIn(stage).ownerLog(String(id), 0, known);

  it('is known from hooks for the cost of one request', async () => {
    const { id } = addAnna();
    await keepHooks();
    stage.company.assignPerson(ADMIN, id, SELLER_B);
    await stage.world.settled();
    expect(await stage.costOf(() => log(id))).toBe(1);
    expect(await log(id)).toMatchObject([{ by: String(ADMIN), before: A, after: B }]);
  });

  it('is read from the changelog when a hook has not come in time', async () => {
    const { id } = addAnna();
    stage.world.clock.advance(1000);
    stage.company.assignPerson(ADMIN, id, SELLER_B);
    stage.company.assignPerson(SELLER_B, id, HEAD_OF_SALES);
    expect(await stage.costOf(() => log(id, since(A, 1)))).toBe(1);
    expect(await log(id, since(A, 1))).toEqual([]);
    expect(await stage.costOf(() => log(id))).toBe(21);
    expect(await log(id)).toMatchObject([
      { by: String(ADMIN), before: A, after: B },
      { by: B, before: B, after: String(HEAD_OF_SALES) },
    ]);
  });

  it('is not looked up in the changelog when the client has not changed', async () => {
    const { id } = addAnna(SELLER_B);
    stage.world.clock.advance(60_000);
    const from = Math.floor(stage.company.now() / 1000) - 5;
    const read = () => ownersIn(stage).ownerLog(String(id), from, since(A));
    expect(await stage.costOf(read)).toBe(1);
    expect(await read()).toEqual([]);
  });

  it('can be set by the account to a person who works there', async () => {
    const { id } = addAnna();
    const owners = ownersIn(stage);
    expect(await owners.setOwner(String(id), B)).toBe(true);
    expect(await owners.ownerOf(String(id))).toEqual({ ownerId: B });
    expect(stage.company.changelog.all.at(-1)?.actor.userId).toBe(ADMIN);
    expect(await owners.writesAs()).toBe(String(ADMIN));
    stage.company.changeUser(ADMIN, SELLER_A, { isActive: false });
    expect(await owners.setOwner(String(id), A)).toBe(false);
    expect(await owners.ownerOf('999999')).toBeNull();
  });
});

it('only records that changed since a moment are listed', async () => {
  const [old, changed] = [addAnna(), addAnna()];
  const deal = stage.company.addDeal({ title: 'Doors', ownerId: SELLER_A, personId: old.id });
  stage.world.clock.advance(1_800_000);
  const from = Math.floor(stage.company.now() / 1000);
  stage.company.assignPerson(ADMIN, changed.id, SELLER_B);
  stage.company.assignDeal(ADMIN, deal.id, SELLER_B);
  const told: unknown[] = [];
  for await (const some of stage.crm.changes.since('1', from, forever)) told.push(...some);
  expect(told).toEqual([
    { name: `contact ${changed.id}`, owner: { id: B, at: from } },
    { name: `deal ${deal.id}`, owner: null },
  ]);
});
