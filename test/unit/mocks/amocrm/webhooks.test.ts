import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { phpForm, type Nested } from '../../../mocks/amocrm/php-form.ts';
import { ADMIN, SELLER_A, SELLER_B } from '../../../world/people.ts';
import { connectedWorld, hostsOf, pairFor, receiver, type Asking } from '../../../support/listening-crm.ts';

const destination = 'https://app.example.com/hooks/1';

async function connected(userId = ADMIN) {
  const world = connectedWorld();
  const ask = hostsOf(world);
  const pair = await pairFor(ask, world.crm, userId);
  const url = `${world.crm.account.origin}/api/v4/webhooks`;
  const hooks = (method: string, asking: Asking = {}, query = '') =>
    ask(`${method} ${url}${query}`, { pair, ...asking });
  return { world, crm: world.crm, hooks };
}

describe('subscriptions', () => {
  it('are listed as they are, each with its account and author', async () => {
    const { crm, hooks } = await connected();
    const settings = ['add_contact', 'responsible_contact'];
    const made = await hooks('POST', { json: { destination, settings, sort: 10 } });
    const hook = await made.json();
    expect(made.status).toBe(201);
    expect(hook).toMatchObject({
      destination,
      settings,
      sort: 10,
      disabled: false,
      account_id: crm.account.id,
      created_by: ADMIN,
    });
    const list = await hooks('GET');
    expect(await list.json()).toEqual({ _total_items: 1, _embedded: { webhooks: [hook] } });
  });

  it('can be found by their exact address', async () => {
    const { hooks } = await connected();
    for (const nth of [1, 2]) {
      await hooks('POST', {
        json: { destination: `https://app.example.com/${nth}`, settings: ['add_lead'] },
      });
    }
    const found = await hooks('GET', {}, '?filter[destination]=https://app.example.com/2');
    expect((await found.json())._total_items).toBe(1);
    expect(
      (await (await hooks('GET', {}, '?filter[destination]=https://app.example.com/')).json())._total_items,
    ).toBe(0);
  });

  it.each([
    ['replaced', ['add_lead']],
    ['merged', ['add_contact', 'add_lead']],
  ] as const)('of the same address are %s by the next one', async (hookSettings, expected) => {
    const { world, crm, hooks } = await connected();
    world.oddities.hookSettings = hookSettings;
    for (const code of ['add_contact', 'add_lead'])
      await hooks('POST', { json: { destination, settings: [code] } });
    expect(crm.hooks.all().map(hook => hook.settings)).toEqual([expected]);
  });

  it.each([false, true])(
    'that the CRM switched off are switched on by the next request: %s',
    async posted => {
      const { world, crm, hooks } = await connected();
      world.oddities.postEnablesHook = posted;
      const json = { destination, settings: ['add_lead'] };
      await hooks('POST', { json });
      crm.deliveries.switchOff(destination);
      expect((await (await hooks('POST', { json })).json()).disabled).toBe(!posted);
    },
  );

  it('are deleted with DELETE, which answers 404 for an unknown address', async () => {
    const { crm, hooks } = await connected();
    await hooks('POST', { json: { destination, settings: ['add_lead'] } });
    const statuses = [];
    for (let count = 0; count < 2; count += 1)
      statuses.push((await hooks('DELETE', { json: { destination } })).status);
    expect([statuses, crm.hooks.all()]).toEqual([[204, 404], []]);
  });

  it('are limited to a hundred', async () => {
    const { crm, hooks } = await connected();
    const add = (nth: number) =>
      hooks('POST', { json: { destination: `https://app.example.com/${nth}`, settings: ['add_lead'] } });
    for (let nth = 0; nth < 100; nth += 1) await add(nth);
    expect([(await add(100)).status, (await add(0)).status, crm.hooks.all().length]).toEqual([422, 201, 100]);
  });

  it.each(['GET', 'POST', 'DELETE'])('are for administrators: a seller is refused %s', async method => {
    const { hooks } = await connected(SELLER_A);
    const asking = method === 'GET' ? {} : { json: { destination, settings: ['add_lead'] } };
    expect((await hooks(method, asking)).status).toBe(403);
  });

  it.each([402, 403] as const)('are refused with %i by a plan without hooks', async status => {
    const { world, crm, hooks } = await connected();
    crm.account.sendsHooks = false;
    world.oddities.noHooksStatus = status;
    expect((await hooks('POST', { json: { destination, settings: ['add_lead'] } })).status).toBe(status);
  });

  it.each<[number, unknown]>([
    [400, { destination, settings: [] }],
    [400, { destination: 'https://пример.рф/', settings: ['add_lead'] }],
    [400, { destination: 'app.example.com', settings: ['add_lead'] }],
    [400, { destination, settings: ['add_user'] }],
    [501, { destination, settings: ['add_talk'] }],
    [501, { destination, settings: ['add_lead'], title: 'x' }],
  ])('answer %i to %j', async (status, json) => {
    const { world, crm, hooks } = await connected();
    expect((await hooks('POST', { json })).status).toBe(status);
    expect([crm.hooks.all(), world.unhandledRequests.length]).toEqual([[], status === 501 ? 1 : 0]);
  });
});

describe("a hook's body", () => {
  it('lists companies among the contacts, and has only id and type for a deletion', async () => {
    const { world, crm } = await connected();
    const site = await receiver();
    const settings = ['add_company', 'delete_contact', 'responsible_company'];
    crm.hooks.subscribe(ADMIN, { destination: `${site.origin}/`, settings });
    const company = crm.addCompany(ADMIN, 'Doors Ltd');
    crm.assignCompany(SELLER_A, company, SELLER_B);
    const { id } = crm.addContact('Anna', [], SELLER_A);
    crm.deleteContact(SELLER_A, id);
    await world.settled();
    await site.close();
    const bodies = site.received.map(({ form }) => Object.fromEntries(form));
    expect(bodies[0]).toMatchObject({
      'contacts[add][0][type]': 'company',
      'contacts[add][0][name]': 'Doors Ltd',
    });
    expect(bodies[1]).toMatchObject({
      'contacts[update][0][old_responsible_user_id]': String(ADMIN),
      'contacts[update][0][type]': 'company',
    });
    expect(bodies[2]).toEqual({
      'contacts[delete][0][id]': String(id),
      'contacts[delete][0][type]': 'contact',
      'account[subdomain]': 'crm',
      'account[id]': String(crm.account.id),
      'account[_links][self]': crm.account.origin,
    });
  });

  it.each([
    ['hookWithoutAccount', 'account[id]', undefined],
    ['hookWithoutAuthor', 'contacts[add][0][modified_user_id]', '0'],
  ] as const)('with the oddity %s has %s: %s', async (oddity, field, expected) => {
    const { world, crm } = await connected();
    const site = await receiver();
    world.oddities[oddity] = true;
    crm.hooks.subscribe(ADMIN, { destination: `${site.origin}/`, settings: ['add_contact'] });
    crm.addContact('Anna', [], SELLER_A, SELLER_A);
    await world.settled();
    await site.close();
    expect(site.received[0]?.form.get(field) ?? undefined).toBe(expected);
  });

  it('is nested as PHP does it: every value is a string under its path', () => {
    const nested = fc.letrec<{ value: Nested; object: { [key: string]: Nested } }>(tie => ({
      value: fc.oneof(
        { depthSize: 'small' },
        fc.string(),
        fc.integer(),
        fc.array(tie('value'), { maxLength: 3 }),
        tie('object'),
      ),
      object: fc.dictionary(fc.stringMatching(/^[a-z_]{1,8}$/), tie('value'), {
        maxKeys: 3,
        noNullPrototype: true,
      }),
    }));
    fc.assert(
      fc.property(nested.object, fields => {
        const leaves = (value: Nested, path: string[]): [string[], string][] =>
          typeof value === 'object' && value !== null
            ? Object.entries(value).flatMap(([key, inner]) => leaves(inner, [...path, key]))
            : [[path, String(value)]];
        const written = [...phpForm(fields)].map(([name, value]) => [
          name.split(/\]\[|\[|\]$/).filter((part, at, all) => at < all.length - 1 || part !== ''),
          value,
        ]);
        expect(written).toEqual(leaves(fields, []));
      }),
    );
  });
});
