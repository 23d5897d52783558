/** Trouble becomes a task in the CRM, so administrators learn of it without opening the widget. */
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ADMIN, HEAD_OF_SALES } from '../world/people.ts';
import { SALES_CHANNEL } from '../world/world.ts';
import type { Office } from './office.ts';
import { DAY, HOUR, MINUTE, patient, watchedOffice, type WatchedOffice } from './watched-office.ts';

let watched: WatchedOffice;
let office: Office;
beforeEach(async () => {
  watched = await watchedOffice();
  ({ office } = watched);
});
afterEach(() => office.open.close());

const channelLooks = (): number =>
  office.sent.filter(one => one.startsWith('GET ') && one.endsWith('/v3/channels')).length;

describe('an account without trouble', () => {
  it('gets no task, and its chat service is asked once an hour', async () => {
    await watched.minute();
    const before = channelLooks();
    for (let at = 0; at < 59; at += 1) await watched.later(MINUTE);
    expect(channelLooks()).toBe(before);
    await watched.later(MINUTE);
    expect(channelLooks()).toBe(before + 1);
    expect(watched.tasks()).toEqual([]);
    expect(await watched.metrics()).not.toContain('alarms{');
  });
});

describe('a chat account to which another CRM account is connected as well', () => {
  it('has a task about it until only one account is connected', async () => {
    const { database } = office.open;
    const { id } = await database
      .insertInto('account')
      .values({ crm: 'amocrm', crmAccountId: '77' })
      .returning('id')
      .executeTakeFirstOrThrow();
    const [key] = [...office.world.chat.keys].find(([, kind]) => kind === 'v3') ?? [''];
    const { connections } = office;
    // The other account connected while the chat account had no channels.
    await database.deleteFrom('chatChannel').execute();
    await connections.keep(id, key, { keyKind: 'v3', channels: office.world.chat.channels }, false);
    await watched.minute();
    expect(watched.about('shared')[0]?.text).toContain('подключён ещё один аккаунт CRM');
    await connections.disconnect(id);
    await watched.later(10 * MINUTE);
    expect(watched.open()).toEqual([]);
  });
});

describe('a key that the chat service rejects', () => {
  beforeEach(() => watched.refuseKey());

  it('becomes a task for the administrator whose grant the server uses, in the account’s language', async () => {
    await watched.minute();
    expect(watched.tasks()).toMatchObject([
      {
        responsibleUserId: ADMIN,
        entityType: null,
        text: expect.stringContaining('подключите Wazzup заново'),
      },
    ]);
    expect(watched.tasks()[0]?.completeTill).toBe(Math.floor(office.world.clock.now() / 1000) + 15 * 60);
    expect(await watched.metrics()).toContain('alarms{of="key-refused"} 1');
  });

  it('becomes a task in English when the country has none of the other languages', async () => {
    await office.open.database.updateTable('account').set({ country: 'US' }).execute();
    await watched.minute();
    expect(watched.tasks()[0]?.text).toContain('connect Wazzup again');
  });

  it('stays one open task, whose due time moves on after a day', async () => {
    await watched.minute();
    for (let at = 0; at < 23; at += 1) await watched.later(HOUR);
    expect(watched.open()).toHaveLength(1);
    const due = watched.open()[0]?.completeTill ?? 0;
    await watched.later(HOUR);
    expect(watched.open()).toHaveLength(1);
    expect(watched.open()[0]?.completeTill).toBe(due + DAY / 1000);
  });

  it('becomes a new task after a day when the first one was completed without a fix', async () => {
    await watched.minute();
    const [first] = watched.tasks();
    if (first) office.world.crm.changeTask(ADMIN, first.id, { isCompleted: true });
    await watched.later(HOUR);
    expect(watched.tasks()).toHaveLength(1);
    await watched.later(DAY);
    expect([watched.tasks().length, watched.open().length]).toEqual([2, 1]);
  });

  it('has its task completed within minutes of the fix, and gets a new one when it is rejected again', async () => {
    await watched.minute();
    watched.takeKey();
    await watched.later(10 * MINUTE);
    expect(watched.tasks()).toMatchObject([
      { isCompleted: true, result: expect.stringContaining('работает') },
    ]);
    expect(await watched.metrics()).not.toContain('alarms{');
    watched.refuseKey();
    await watched.later(HOUR);
    expect([watched.tasks().length, watched.open().length]).toEqual([2, 1]);
  });

  it('keeps its task while the chat service does not answer', async () => {
    await watched.minute();
    office.world.disturbances.add(/GET \/v3\/channels/, 'server-error', Infinity);
    watched.takeKey();
    await watched.later(HOUR);
    expect(watched.open()).toHaveLength(1);
    office.world.disturbances.clear();
    await watched.later(HOUR);
    expect(watched.open()).toEqual([]);
  });

  it('explains a late copy, which gets no task of its own', async () => {
    await office.following.checking.check(watched.accountId, patient());
    await office.open.database
      .updateTable('account')
      .set({ clientsDueAt: new Date(office.world.clock.now() - 3 * HOUR) })
      .execute();
    await watched.minute();
    expect([watched.about('key-refused').length, watched.about('late').length]).toEqual([1, 0]);
  });

  it('becomes a task for another administrator when the one who gave the grant has left', async () => {
    const { users } = office.world.crm;
    const [boss, admin] = [users.get(HEAD_OF_SALES), users.get(ADMIN)];
    if (boss) users.set(HEAD_OF_SALES, { ...boss, isAdmin: true });
    await watched.later(MINUTE);
    expect(watched.open()).toMatchObject([{ responsibleUserId: ADMIN }]);
    if (admin) users.set(ADMIN, { ...admin, isActive: false });
    office.world.crm.tasks.clear();
    await watched.later(DAY);
    expect(watched.open()).toMatchObject([{ responsibleUserId: HEAD_OF_SALES }]);
  });
});

describe('a channel that is down', () => {
  it('is named in the task, even if its name looks like a replacement pattern', async () => {
    const { chat } = office.world;
    const at = chat.channels.findIndex(one => one.channelId === SALES_CHANNEL);
    const [channel] = chat.channels.slice(at);
    if (channel) chat.channels.splice(at, 1, { ...channel, name: 'Продажи $& $1' });
    chat.setChannelState(SALES_CHANNEL, 'notEnoughMoney');
    await watched.minute();
    expect(watched.open()).toHaveLength(1);
    expect(watched.about('channel-down')[0]?.text).toContain('Продажи $& $1');
    chat.setChannelState(SALES_CHANNEL, 'active');
    await watched.later(HOUR);
    expect(watched.open()).toEqual([]);
  });

  it('gets no task while it is only starting', async () => {
    office.world.chat.setChannelState(SALES_CHANNEL, 'init');
    await watched.minute();
    expect(watched.tasks()).toEqual([]);
  });
});

describe('a copy that is late', () => {
  it('becomes a task once a client has waited for over a quarter of an hour, no matter how many hints came since', async () => {
    const { accountId: id } = watched;
    const { lanes } = office.following;
    await watched.minute();
    await lanes.hint(id, ['contact 1'], 'live');
    await sql`update lane set hinted_at = now() - interval '14 minutes'`.execute(office.open.database);
    await lanes.hint(id, ['contact 1'], 'live');
    await watched.minute();
    expect(watched.tasks()).toEqual([]);
    await sql`update lane set hinted_at = now() - interval '16 minutes'`.execute(office.open.database);
    await lanes.hint(id, ['contact 1'], 'live');
    await watched.minute();
    expect(watched.about('late')).toHaveLength(1);
    const lane = await lanes.takeOne(id, 'contact 1');
    if (lane) await lanes.done(lane);
    await watched.minute();
    expect(watched.open()).toEqual([]);
  });

  it('gets no task while clients only wait for a routine sweep', async () => {
    await office.following.lanes.hint(watched.accountId, ['contact 1'], 'sweep');
    await sql`update lane set hinted_at = now() - interval '1 hour'`.execute(office.open.database);
    await watched.minute();
    expect(watched.tasks()).toEqual([]);
  });

  it('becomes a task when nothing has been compared for three hours', async () => {
    await office.following.checking.check(watched.accountId, patient());
    await watched.later(3 * HOUR - MINUTE);
    expect(watched.tasks()).toEqual([]);
    await watched.later(2 * MINUTE);
    expect(watched.about('late')).toHaveLength(1);
    await office.following.checking.check(watched.accountId, patient());
    await watched.later(MINUTE);
    expect(watched.open()).toEqual([]);
  });
});

describe('hooks that the CRM refuses', () => {
  const keep = async (): Promise<void> => office.following.subscriptions.keep(watched.accountId, patient());

  it.each([402, 403] as const)(
    'become one task, which is not repeated because the plan may stay as it is (%i)',
    async status => {
      office.world.oddities.noHooksStatus = status;
      office.world.crm.account.sendsHooks = false;
      await keep();
      expect(await office.following.subscriptions.due()).toEqual([]);
      await watched.minute();
      const [task] = watched.about('hooks-off');
      await watched.later(2 * DAY);
      expect(watched.tasks()).toEqual([task]);
      office.world.crm.account.sendsHooks = true;
      await keep();
      await watched.minute();
      expect(watched.open()).toEqual([]);
    },
  );
});

describe('a client that an automation in the CRM keeps taking from their owner', () => {
  it('has a task for a day after the last time', async () => {
    await office.open.database
      .insertInto('claimedClient')
      .values({
        accountId: watched.accountId,
        contactId: '501',
        ledger: '{}',
        version: 0,
        activeUntil: 0,
        foughtAt: office.world.clock.now() / 1000,
      })
      .execute();
    await watched.minute();
    expect(watched.about('fought')).toHaveLength(1);
    await watched.later(DAY + MINUTE);
    expect(watched.open()).toEqual([]);
  });
});
