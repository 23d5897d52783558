/** The hooks that Pipedrive sends, and how the server processes them. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { basic } from '../mocks/pipedrive/basic.ts';
import { pressUninstall } from '../mocks/pipedrive/callbacks.ts';
import { kinds } from '../support/databases.ts';
import { ADMIN, HEAD_OF_SALES, SELLER_A, SELLER_B } from '../world/people.ts';
import type { Company } from '../world/pipedrive/company.ts';
import type { User } from '../world/pipedrive/users.ts';
import { patient, pipedriveOffice, type PipedriveOffice } from '../support/pipedrive-office.ts';

const GLOBAL: User['adminOf'] = ['global', 'sales', 'account_settings'];
const userOf = ({ users }: Company, id: number): User => {
  const user = users.get(id);
  if (!user) throw new Error(`Nobody is ${id}`);
  return user;
};
const objects = ({ webhooks }: Company): string[] => webhooks.all().map(one => one.eventObject);
const eventsIn = ({ open }: PipedriveOffice) =>
  open.database.selectFrom('crmOwnerEvent').selectAll().orderBy('eventId').execute();

describe.each(kinds())('hooks of a company (%s)', kind => {
  let office: PipedriveOffice;
  let company: Company;
  beforeAll(async () => {
    office = await pipedriveOffice(kind);
    ({ company } = office);
    userOf(company, HEAD_OF_SALES).adminOf = GLOBAL;
    await office.allow(SELLER_A);
    await office.allow(HEAD_OF_SALES);
    await office.allow(ADMIN);
    await office.hooksKept();
  });
  afterAll(() => office.open.close());
  const call = async (body: unknown, user = 'person', password?: string): Promise<number> => {
    const hook = company.webhooks.all().find(one => one.eventObject === user);
    const answer = await office.app(
      new Request(hook?.subscriptionUrl ?? '', {
        method: 'POST',
        headers: { Authorization: basic(user, password ?? hook?.httpAuthPassword ?? '') },
        body: JSON.stringify(body),
      }),
    );
    return answer.status;
  };
  const changed = (company_id: number, timestamp = '2026-01-05T12:00:00.123Z') => ({
    meta: {
      action: 'change',
      entity: 'person',
      entity_id: '77',
      company_id: String(company_id),
      user_id: '34',
      timestamp,
    },
    data: { id: 77, owner_id: 34 },
    previous: { owner_id: 21 },
  });

  it('are subscribed to once, each with its own name and password', async () => {
    await office.open.database.updateTable('account').set({ hooksKeptAt: null }).execute();
    await office.hooksKept();
    expect(objects(company).sort()).toEqual(['deal', 'person', 'user']);
    const passwords = company.webhooks.all().map(one => one.httpAuthPassword);
    expect([new Set(passwords).size, company.webhooks.all()[0]?.subscriptionUrl]).toEqual([
      3,
      expect.stringMatching(/^https:\/\/[^/]+\/hooks\/pipedrive\/[\w-]{43}$/),
    ]);
  });

  it('are subscribed to again at the next daily check if a subscription was lost', async () => {
    const [first] = company.webhooks.all();
    company.webhooks.remove(first?.id ?? 0, 'three-days');
    await office.hooksKept();
    expect(objects(company)).toHaveLength(2);
    await office.open.database
      .updateTable('account')
      .set({ hooksKeptAt: new Date(Date.now() - 25 * 3_600_000) })
      .execute();
    await office.hooksKept();
    expect(objects(company).sort()).toEqual(['deal', 'person', 'user']);
  });

  it('record a change of owner once, even if they come several times', async () => {
    const { world } = office;
    const client = company.addPerson({ name: 'Anna', ownerId: SELLER_A });
    company.assignPerson(ADMIN, client.id, SELLER_B);
    await world.settled();
    const told = await eventsIn(office);
    expect(told).toMatchObject([
      {
        contactId: String(client.id),
        byId: String(ADMIN),
        beforeId: String(SELLER_A),
        afterId: String(SELLER_B),
      },
    ]);
    const again = { ...changed(company.id) };
    expect([await call(again), await call(again)]).toEqual([200, 200]);
    expect(await eventsIn(office)).toHaveLength(told.length + 1);
    const { ownerEvents } = office.following.claims;
    const id = await office.accountId();
    expect(await ownerEvents.since(id, '77', 0)).toMatchObject([{ by: '34', before: '21', after: '34' }]);
    expect(await ownerEvents.since('0', '77', 0)).toEqual([]);
  });

  it('change nothing with a wrong password, for another kind of object or from another company', async () => {
    const before = await eventsIn(office);
    const of = (timestamp: string) => changed(company.id, timestamp);
    expect(await call(of('2026-01-05T13:00:00Z'), 'person', 'guessed')).toBe(401);
    const deals = company.webhooks.all().find(one => one.eventObject === 'deal')?.httpAuthPassword;
    expect(await call(of('2026-01-05T13:00:01Z'), 'person', deals ?? '')).toBe(401);
    expect(await call(changed(company.id + 1, '2026-01-05T13:00:02Z'))).toBe(200);
    const elsewhere = new Request(`${office.origin}/hooks/pipedrive/${'A'.repeat(43)}`, { method: 'POST' });
    expect((await office.app(elsewhere)).status).toBe(404);
    expect(await eventsIn(office)).toEqual(before);
  });

  it('have an address that answers a check', async () => {
    const [hook] = company.webhooks.all();
    const looked = await office.app(new Request(hook?.subscriptionUrl ?? ''));
    const nobody = await office.app(new Request(`${office.origin}/hooks/pipedrive/${'A'.repeat(43)}`));
    expect([looked.status, nobody.status]).toEqual([200, 404]);
  });

  it('about a seller’s changes leave the account’s grant unchanged', async () => {
    const { world } = office;
    company.changeUser(ADMIN, SELLER_A, { name: 'Another' });
    await world.settled();
    await office.errandsRun();
    expect(await office.accounts.grants.grantOwner(await office.accountId())).toBe(String(ADMIN));
  });

  it('about a former administrator switch the account to another grant, and theirs stays for themselves', async () => {
    const { world, accounts } = office;
    const id = await office.accountId();
    company.changeUser(HEAD_OF_SALES, ADMIN, { adminOf: [] });
    await world.settled();
    await office.errandsRun();
    expect(await accounts.grants.grantOwner(id)).toBe(String(HEAD_OF_SALES));
    expect((await accounts.grants.access(id, patient(), String(ADMIN))).kind).toBe('access');
    await office.hooksKept();
    // The former administrator’s hooks would omit clients that they may no longer see.
    expect(new Set(company.webhooks.all().map(one => one.userId))).toEqual(new Set([HEAD_OF_SALES]));
    expect(objects(company).sort()).toEqual(['deal', 'person', 'user']);
  });

  it('of an administrator who uninstalls the app are created again by another one', async () => {
    const { world, accounts } = office;
    const id = await office.accountId();
    company.changeUser(HEAD_OF_SALES, ADMIN, { adminOf: GLOBAL });
    await office.allow(ADMIN);
    await world.settled();
    company.webhooks.all().forEach(one => company.webhooks.remove(one.id));
    await office.hooksKept();
    expect(company.webhooks.all().map(one => one.ownerId)).toEqual([ADMIN, ADMIN, ADMIN]);
    await pressUninstall(world, company, ADMIN);
    await world.settled();
    expect(company.webhooks.all()).toEqual([]);
    await accounts.takenBack.work(patient());
    await office.hooksKept();
    expect(await accounts.grants.grantOwner(id)).toBe(String(HEAD_OF_SALES));
    expect(company.webhooks.all().map(one => one.ownerId)).toEqual([
      HEAD_OF_SALES,
      HEAD_OF_SALES,
      HEAD_OF_SALES,
    ]);
  });

  it('leave events that are deleted after a week, or with the purge of the account', async () => {
    const { database } = office.open;
    expect((await eventsIn(office)).length).toBeGreaterThan(0);
    await database
      .updateTable('crmOwnerEvent')
      .set({ heardAt: new Date(Date.now() - 8 * 86_400_000) })
      .where('contactId', '=', '77')
      .execute();
    await office.following.claims.forget();
    expect((await eventsIn(office)).map(({ contactId }) => contactId)).not.toContain('77');
    const id = await office.accountId();
    await database
      .updateTable('account')
      .set({ leftAt: new Date(0) })
      .where('id', '=', id)
      .execute();
    await office.purges.purge(id);
    expect(await eventsIn(office)).toEqual([]);
  });
});
