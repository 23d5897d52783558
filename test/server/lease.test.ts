/** Leases that hold across instances. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OpenDatabase } from '../../server/store/database.ts';
import { leasesIn } from '../../server/store/lease.ts';
import { freshDatabase, kinds } from '../support/databases.ts';

const patient = new AbortController().signal;

describe.each(kinds())('a lease in a database (%s)', kind => {
  let open: OpenDatabase;
  beforeAll(async () => {
    open = await freshDatabase(kind);
  });
  afterAll(() => open.close());

  it('is held by one at a time, and everybody gets one', async () => {
    let inside = 0;
    let most = 0;
    let done = 0;
    await Promise.all(
      Array.from({ length: 8 }, () =>
        leasesIn(open.database)(
          'roles',
          async () => {
            inside += 1;
            most = Math.max(most, inside);
            await open.isReady();
            inside -= 1;
            done += 1;
          },
          patient,
        ),
      ),
    );
    expect({ most, done }).toEqual({ most: 1, done: 8 });
  });

  it('of one name does not wait for another', async () => {
    const withLease = leasesIn(open.database);
    const told = await withLease('one', () => withLease('two', async () => 'both', patient), patient);
    expect(told).toBe('both');
  });

  it('goes on after a work that failed', async () => {
    const withLease = leasesIn(open.database);
    await expect(withLease('roles', () => Promise.reject(new Error('broken')), patient)).rejects.toThrow(
      'broken',
    );
    expect(await withLease('roles', async () => 'next', patient)).toBe('next');
  });

  it('is not waited for longer than somebody has patience, and is not begun later', async () => {
    const withLease = leasesIn(open.database);
    const patience = new AbortController();
    let hasBegun = false;
    await withLease(
      'roles',
      async () => {
        const waiting = withLease('roles', async () => (hasBegun = true), patience.signal);
        patience.abort(new Error('over'));
        await expect(waiting).rejects.toThrow('over');
      },
      patient,
    );
    expect(hasBegun).toBe(false);
  });

  it('passes to the next when its holder has died, and the holder hears that it lost it', async () => {
    const { database } = open;
    const withLease = leasesIn(database);
    await withLease(
      'roles',
      async isMine => {
        expect(await isMine()).toBe(true);
        // As if it had slept until its time was over.
        await database
          .updateTable('lease')
          .set({ until: new Date(0) })
          .execute();
        expect(await withLease('roles', isNextMine => isNextMine(), patient)).toBe(true);
        expect(await isMine()).toBe(false);
      },
      patient,
    );
  });
});
