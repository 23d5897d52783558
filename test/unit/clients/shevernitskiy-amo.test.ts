/** A third-party client of the CRM over HTTP: npm @shevernitskiy/amo. */
import { Amo } from '@shevernitskiy/amo';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
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

const client = () => ({
  client_id: world.crm.integration.uuid,
  client_secret: world.crm.integration.secret,
  redirect_uri: REDIRECT,
});
/** The client pauses between its requests, which is not needed here. */
const options = { request_delay: 0 };

const connected = (): Amo =>
  new Amo(
    'crm.amocrm.ru',
    { ...client(), grant_type: 'authorization_code', code: codeOf(world.crm) },
    options,
  );

describe('@shevernitskiy/amo', () => {
  it('is authorized by a code', async () => {
    const account = await connected().account.getAccount();
    expect(account).toMatchObject({ id: world.crm.account.id, current_user_id: ADMIN });
  });

  it('refreshes an expired token, and continues to work', async () => {
    const first = connected();
    await first.account.getAccount();
    const { token } = first;
    if (!token) throw new Error('It has no token');
    const later = new Amo('crm.amocrm.ru', { ...client(), ...token, expires_at: 1 }, options);
    expect(await later.account.getAccount()).toMatchObject({ id: world.crm.account.id });
    expect(later.token?.refresh_token).not.toBe(token.refresh_token);
  });

  it('reads users, contacts, leads, events and tasks', async () => {
    const { crm } = world;
    const anna = crm.addContact('Anna', ['+7 916 000-00-01'], SELLER_A);
    const doors = crm.addLead('Doors', [anna.id], SELLER_A);
    crm.assignContact(ADMIN, anna.id, SELLER_B);
    crm.writeTask(ADMIN, {
      text: 'Call',
      completeTill: 1_800_000_000,
      responsibleUserId: ADMIN,
      entityType: 'contacts',
      entityId: anna.id,
    });
    const amo = connected();
    expect(await amo.user.getUsers()).toMatchObject({ _total_items: crm.users.size });
    expect((await amo.contact.getContacts())._embedded.contacts).toMatchObject([
      { id: anna.id, name: 'Anna' },
    ]);
    expect(await amo.contact.getContactById(anna.id)).toMatchObject({ responsible_user_id: SELLER_B });
    expect(await amo.lead.getLeadById(doors.id)).toMatchObject({ name: 'Doors' });
    expect((await amo.event.getEvents())._embedded.events).toMatchObject([
      { entity_id: anna.id, created_by: ADMIN },
    ]);
    expect((await amo.task.getTasks())._embedded.tasks).toMatchObject([{ text: 'Call', entity_id: anna.id }]);
  });

  it('changes a contact, writes a task and completes it', async () => {
    const { crm } = world;
    const anna = crm.addContact('Anna', [], SELLER_A);
    const amo = connected();
    await amo.contact.updateContactById(anna.id, { responsible_user_id: SELLER_B });
    expect(crm.contacts.get(anna.id)?.responsibleUserId).toBe(SELLER_B);
    await amo.task.addTasks([
      { text: 'Call', complete_till: 1_800_000_000, entity_id: anna.id, entity_type: 'contacts' },
    ]);
    const [task] = crm.tasks.values();
    await amo.task.completeTaskById(task?.id ?? 0, { is_completed: true, result: { text: 'Done' } });
    expect(crm.tasks.get(task?.id ?? 0)).toMatchObject({ isCompleted: true, result: 'Done' });
  });

  it('subscribes to hooks, lists them and unsubscribes', async () => {
    const amo = connected();
    const destination = 'https://app.example.com/hooks';
    await amo.webhook.addWebhook({ destination, settings: ['update_contact'], sort: 1 });
    expect((await amo.webhook.getWebhooks())._embedded.webhooks).toMatchObject([
      { destination, disabled: false },
    ]);
    await amo.webhook.deleteWebhook({ destination });
    expect(world.crm.hooks.all()).toEqual([]);
  });

  it('gets a 401 when its grant was revoked', async () => {
    const amo = connected();
    await amo.account.getAccount();
    world.crm.oauth.revoke({ userId: ADMIN });
    await expect(amo.account.getAccount()).rejects.toMatchObject({ response: { status: 401 } });
  });
});
