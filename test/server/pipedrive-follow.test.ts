/** The chat service is kept up to date with Pipedrive, even if no page is open. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ADMIN, SELLER_A, SELLER_B } from '../world/people.ts';
import type { Company } from '../world/pipedrive/company.ts';
import type { Person } from '../world/pipedrive/persons.ts';
import type { User } from '../world/pipedrive/users.ts';
import { patient, pipedriveOffice, type PipedriveOffice } from '../support/pipedrive-office.ts';

describe('a client of Pipedrive in the chat service', () => {
  let office: PipedriveOffice;
  let company: Company;
  let client: Person;
  beforeAll(async () => {
    office = await pipedriveOffice();
    ({ company } = office);
    for (const id of [ADMIN, SELLER_A]) await office.allow(id);
    await office.hooksKept();
    const key = [...office.world.chat.keys].find(([, kind]) => kind === 'partner')?.[0];
    const connected = await office.ask(ADMIN, 'PUT /connection', { key });
    if (!connected.ok) throw new Error(await connected.text());
    client = company.addPerson({ name: 'Anna', phones: ['+7 999 111-22-33'], ownerId: SELLER_A });
    await office.ask(ADMIN, 'POST /clients/changed', { contact: String(client.id) });
    await worked();
  });
  afterAll(() => office.open.close());
  /** Processes what has arrived, as the server's own loop does. */
  async function worked(): Promise<void> {
    await office.world.settled();
    while (await office.following.follower.step(patient()));
  }
  function userOf(id: number): User {
    const user = company.users.get(id);
    if (!user) throw new Error(`Nobody is ${id}`);
    return user;
  }
  const known = (id: number = client.id) => office.world.chat.contacts.get(String(id));

  it('has the data of their card', () => {
    expect(known()).toMatchObject({
      responsibleUserId: String(SELLER_A),
      name: 'Anna',
      uri: `https://acme.pipedrive.com/person/${client.id}`,
      contactData: expect.arrayContaining([expect.objectContaining({ chatId: '79991112233' })]),
    });
  });

  it('gets the new owner', async () => {
    company.assignPerson(ADMIN, client.id, SELLER_B);
    await worked();
    expect(known()?.responsibleUserId).toBe(String(SELLER_B));
  });

  it('is updated from the CRM’s log if the hook was lost', async () => {
    const { webhooks } = company;
    const kept = [...webhooks.all()];
    kept.forEach(one => webhooks.remove(one.id));
    office.world.clock.advance(60_000);
    company.assignPerson(ADMIN, client.id, SELLER_A);
    await office.following.reconciling.reconcile(await office.accountId(), patient());
    await worked();
    expect(known()?.responsibleUserId).toBe(String(SELLER_A));
    kept.forEach(({ ownerId, ...draft }) => webhooks.add(ownerId, draft));
  });

  it('is updated from the CRM’s log after the CRM has stopped sending hooks to our address', async () => {
    const { webhooks, deliveries } = company;
    const kept = [...webhooks.all()];
    kept.forEach(one => webhooks.remove(one.id));
    for (const { ownerId, ...draft } of kept) webhooks.add(ownerId, { ...draft, httpAuthPassword: 'wrong' });
    for (let times = 0; times < 10; times += 1) {
      company.changePerson({ userId: ADMIN }, client.id, { name: `Anna ${times}` });
      await office.world.settled();
    }
    company.assignPerson(ADMIN, client.id, SELLER_B);
    await worked();
    expect(deliveries.lost.length).toBeGreaterThan(0);
    expect(known()?.responsibleUserId).toBe(String(SELLER_A));
    await office.following.reconciling.reconcile(await office.accountId(), patient());
    await worked();
    expect(known()?.responsibleUserId).toBe(String(SELLER_B));
    webhooks.all().forEach(one => webhooks.remove(one.id));
    kept.forEach(({ ownerId, ...draft }) => webhooks.add(ownerId, draft));
  });

  it.each([
    [true, () => office.following.reconciling],
    [false, () => office.following.checking],
  ])(
    'is removed after a lost hook of their deletion, if lists name deleted clients: %s',
    async (isListed, finder) => {
      office.world.pipedrive.oddities.deletedInLists = isListed;
      const deleted = company.addPerson({ name: 'Boris', phones: ['+7 999 222-33-44'], ownerId: SELLER_A });
      await office.ask(ADMIN, 'POST /clients/changed', { contact: String(deleted.id) });
      await worked();
      const kept = [...company.webhooks.all()];
      kept.forEach(one => company.webhooks.remove(one.id));
      office.world.clock.advance(60_000);
      company.deletePerson(ADMIN, deleted.id);
      const accountId = await office.accountId();
      const found = finder();
      if ('check' in found) {
        await office.ask(ADMIN, 'POST /clients/release');
        await found.check(accountId, patient());
      } else await found.reconcile(accountId, patient());
      await worked();
      expect(known(deleted.id)).toBeUndefined();
      office.world.pipedrive.oddities.deletedInLists = false;
      kept.forEach(({ ownerId, ...draft }) => company.webhooks.add(ownerId, draft));
    },
  );

  it('stays if the server’s administrator has lost their rights and may not see the client', async () => {
    const { oddities } = office.world.pipedrive;
    oddities.hiddenPerson = 404;
    const hidden = company.addPerson({
      name: 'Zoe',
      phones: ['+7 999 555-66-77'],
      ownerId: SELLER_A,
      visibleTo: 1,
    });
    await office.ask(ADMIN, 'POST /clients/changed', { contact: String(hidden.id) });
    await worked();
    expect(known(hidden.id)).toMatchObject({ responsibleUserId: String(SELLER_A) });
    const { adminOf } = userOf(ADMIN);
    userOf(ADMIN).adminOf = [];
    await office.following.lanes.hint(await office.accountId(), [`contact ${hidden.id}`], 'live');
    await office.following.follower.step(patient());
    expect(known(hidden.id)).toMatchObject({ responsibleUserId: String(SELLER_A) });
    userOf(ADMIN).adminOf = adminOf;
  });

  it('is removed after a merge into another client, who gets the data of the merged card', async () => {
    const kept = company.addPerson({ name: 'Anna Maria', phones: [], ownerId: SELLER_B });
    await office.ask(ADMIN, 'POST /clients/changed', { contact: String(kept.id) });
    await worked();
    company.mergePersons(ADMIN, client.id, kept.id);
    await worked();
    expect([known(), known(kept.id)]).toMatchObject([
      undefined,
      {
        responsibleUserId: String(SELLER_B),
        contactData: expect.arrayContaining([expect.objectContaining({ chatId: '79991112233' })]),
      },
    ]);
  });
});
