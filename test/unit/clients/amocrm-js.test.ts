/** A third-party client of the CRM over HTTP: npm amocrm-js. */
import { Client } from 'amocrm-js';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { runningClock } from '../../world/clock.ts';
import { ADMIN, SELLER_A, SELLER_B } from '../../world/people.ts';
import type { World } from '../../world/world.ts';
import { codeOf, connectedWorld, REDIRECT } from '../../support/listening-crm.ts';
import { resolve, type Resolved } from './resolver.ts';

let world: World;
let resolved: Resolved;
beforeEach(async () => {
  // The client compares the times of answers with the real clock.
  world = connectedWorld({ clock: runningClock() });
  resolved = await resolve(world);
});
afterEach(() => resolved.close());

function connected(): Client {
  const { crm } = world;
  return new Client({
    domain: 'crm.amocrm.ru',
    auth: {
      client_id: crm.integration.uuid,
      client_secret: crm.integration.secret,
      redirect_uri: REDIRECT,
      code: codeOf(crm),
    },
  });
}

describe('amocrm-js', () => {
  it('is authorized by a code, refreshes its token, and continues to work', async () => {
    const client = connected();
    const first = await client.request.get('/api/v4/account');
    expect(first.data).toMatchObject({ id: world.crm.account.id, current_user_id: ADMIN });
    const before = client.token.getValue()?.access_token;
    await client.token.refresh();
    expect(client.token.getValue()?.access_token).not.toBe(before);
    const again = await client.request.get('/api/v4/account');
    expect(again.response.statusCode).toBe(200);
  });

  it('reads users, contacts, leads, events and tasks', async () => {
    const { crm } = world;
    const anna = crm.addContact('Anna', ['+7 916 000-00-01'], SELLER_A);
    const doors = crm.addLead('Doors', [anna.id], SELLER_A);
    crm.assignContact(ADMIN, anna.id, SELLER_B);
    const client = connected();
    const users = await client.request.get('/api/v4/users', { limit: 250 });
    expect(users.data).toMatchObject({ _embedded: { users: [{ id: ADMIN }, { id: SELLER_A }, {}, {}, {}] } });
    const contact = await client.contacts.getById(anna.id);
    expect([contact?.name, contact?.responsible_user_id]).toEqual(['Anna', SELLER_B]);
    const lead = await client.leads.getById(doors.id);
    expect([lead?.name, lead?.id]).toEqual(['Doors', doors.id]);
    const events = await client.request.get('/api/v4/events', { limit: 100 });
    expect(events.data).toMatchObject({ _embedded: { events: [{ type: 'entity_responsible_changed' }] } });
  });

  it('changes a contact and a lead, and creates a task', async () => {
    const { crm } = world;
    const anna = crm.addContact('Anna', [], SELLER_A);
    const doors = crm.addLead('Doors', [anna.id], SELLER_A);
    const client = connected();
    await client.contacts.update([{ id: anna.id, name: 'Bella', responsible_user_id: SELLER_B }]);
    expect([crm.contacts.get(anna.id)?.name, crm.contacts.get(anna.id)?.responsibleUserId]).toEqual([
      'Bella',
      SELLER_B,
    ]);
    await client.leads.update([{ id: doors.id, name: 'Windows' }]);
    expect(crm.leads.get(doors.id)?.name).toBe('Windows');
    const [task] = await client.tasks.create([
      { text: 'Call', complete_till: 1_800_000_000, entity_id: anna.id, entity_type: 'contacts' },
    ]);
    expect([...crm.tasks.values()]).toMatchObject([{ id: task?.id, text: 'Call', createdBy: ADMIN }]);
  });

  it('gets a 401 when its grant was revoked', async () => {
    const client = connected();
    await client.request.get('/api/v4/account');
    const printed = vi.spyOn(console, 'error').mockReturnValue();
    world.crm.oauth.revoke({ userId: ADMIN });
    await expect(client.request.get('/api/v4/account')).rejects.toThrow('API_RESPONSE_ERROR');
    expect(printed).toHaveBeenCalledWith(expect.stringContaining('401'));
    printed.mockRestore();
  });
});
