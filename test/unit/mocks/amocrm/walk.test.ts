import { afterEach, describe, expect, it } from 'vitest';
import { ADMIN, SELLER_A, SELLER_B } from '../../../world/people.ts';
import { connectedWorld, hostsOf, pairFor, receiver } from '../../../support/listening-crm.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(closing.splice(0).map(close => close()));
});

describe('a server that an account has authorized', () => {
  it('reads the account with its token and gets a hook when a contact changes', async () => {
    const world = connectedWorld();
    const { crm } = world;
    const ask = hostsOf(world);
    const site = await receiver();
    closing.push(site.close);

    const pair = await pairFor(ask, crm);
    const account = await ask(`GET ${crm.account.origin}/api/v4/account`, { pair });
    expect(await account.json()).toMatchObject({ id: crm.account.id, current_user_id: ADMIN });

    const destination = `${site.origin}/hooks/secret`;
    const subscribed = await ask(`POST ${crm.account.origin}/api/v4/webhooks`, {
      pair,
      json: { destination, settings: ['responsible_contact', 'update_contact'] },
    });
    expect(subscribed.status).toBe(201);

    const contact = crm.addContact('Анна', ['+7 916 000-00-01'], SELLER_A);
    crm.assignContact(SELLER_B, contact.id, SELLER_B);
    await world.settled();

    expect(site.received.map(one => one.path)).toEqual(['/hooks/secret']);
    const hook = Object.fromEntries(site.received[0]?.form ?? []);
    expect(hook).toMatchObject({
      'contacts[update][0][id]': String(contact.id),
      'contacts[update][0][name]': 'Анна',
      'contacts[update][0][responsible_user_id]': String(SELLER_B),
      'contacts[update][0][old_responsible_user_id]': String(SELLER_A),
      'contacts[update][0][modified_user_id]': String(SELLER_B),
      'contacts[update][0][type]': 'contact',
      'contacts[update][0][custom_fields][0][code]': 'PHONE',
      'contacts[update][0][custom_fields][0][values][0][value]': '+7 916 000-00-01',
      'account[subdomain]': 'crm',
      'account[id]': String(crm.account.id),
    });
  });
});
