/** Alarms reach an administrator as CRM tasks, also when an instance dies midway or two look at the same time. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ADMIN } from '../world/people.ts';
import type { Office } from './office.ts';
import { DAY, HOUR, MINUTE, patient, watchedOffice, type WatchedOffice } from './watched-office.ts';

let watched: WatchedOffice;
let office: Office;
beforeEach(async () => {
  watched = await watchedOffice();
  ({ office } = watched);
});
afterEach(() => office.open.close());

describe('the task about a rejected key', () => {
  beforeEach(() => watched.refuseKey());
  /** The instance dies once its request to create the task is under way. */
  async function diesAt(happens: 'lost-before' | 'lost-after', isUnderWay: () => void): Promise<void> {
    office.world.disturbances.add(/POST \/api\/v4\/tasks/, happens);
    const dying = new AbortController();
    const looked = watched.minute(dying.signal);
    await vi.waitFor(isUnderWay, { timeout: 10_000 });
    dying.abort();
    await looked;
  }
  const isSent = (): void =>
    expect(office.sent.filter(one => /^POST .*\/api\/v4\/tasks$/.test(one))).toHaveLength(1);

  it('is not created twice when the server died before it noted the first one', async () => {
    await diesAt('lost-after', () => expect(watched.tasks()).toHaveLength(1));
    await watched.later(5 * MINUTE);
    await watched.later(5 * MINUTE);
    expect(watched.tasks()).toHaveLength(1);
    await watched.later(DAY);
    expect(watched.open()).toHaveLength(1);
  });

  it('is created later when the first request never reached the CRM', async () => {
    await diesAt('lost-before', isSent);
    expect(watched.tasks()).toEqual([]);
    await watched.later(5 * MINUTE);
    expect(watched.open()).toHaveLength(1);
  });

  it('is completed when the key works again, even if the server never noted the task', async () => {
    await diesAt('lost-after', () => expect(watched.tasks()).toHaveLength(1));
    watched.takeKey();
    await watched.later(10 * MINUTE);
    expect(watched.open()).toEqual([]);
  });

  it('is created once when two instances look at the same moment', async () => {
    const { accountId: id } = watched;
    await Promise.all([1, 2].map(() => office.alarms.look(id, patient())));
    await Promise.all([1, 2].map(() => office.alarms.look(id, patient())));
    expect(watched.tasks()).toHaveLength(1);
  });

  it('is created once the CRM answers again', async () => {
    office.world.disturbances.add(/\/api\/v4\//, 'server-error', Infinity);
    await watched.minute();
    expect(watched.tasks()).toEqual([]);
    office.world.disturbances.clear();
    await watched.later(5 * MINUTE);
    expect(watched.open()).toHaveLength(1);
  });

  it('is not created while the CRM rejects the server’s grant, which the metrics count', async () => {
    await office.open.database.updateTable('account').set({ state: 'needs-reauth' }).execute();
    await watched.minute();
    await watched.later(HOUR);
    expect(watched.tasks()).toEqual([]);
    expect(await watched.metrics()).toContain('alarms{of="needs-reauth"} 1');
    await office.allow();
    await watched.minute();
    expect(await watched.metrics()).not.toContain('needs-reauth');
    expect(watched.about('key-refused')).toHaveLength(1);
  });

  it('is completed when the chat service is disconnected', async () => {
    await watched.minute();
    await office.ask(ADMIN, 'DELETE /connection');
    await watched.later(MINUTE);
    expect(watched.open()).toEqual([]);
  });
});
