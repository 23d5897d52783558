/** Leases that instances share. */
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

  it('has one holder at a time, and every caller gets it in the end', async () => {
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

  it('does not wait for a lease of another name', async () => {
    const withLease = leasesIn(open.database);
    const done = await withLease('one', () => withLease('two', async () => 'both', patient), patient);
    expect(done).toBe('both');
  });

  it('is free again after its work failed', async () => {
    const withLease = leasesIn(open.database);
    await expect(withLease('roles', () => Promise.reject(new Error('broken')), patient)).rejects.toThrow(
      'broken',
    );
    expect(await withLease('roles', async () => 'next', patient)).toBe('next');
  });

  it('is not taken any more once the caller has stopped waiting', async () => {
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

  it('passes to the next caller when it expires, and the old holder learns that it has lost it', async () => {
    const { database } = open;
    const withLease = leasesIn(database);
    await withLease(
      'roles',
      async isMine => {
        expect(await isMine()).toBe(true);
        // As if the holder had slept until the lease expired.
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
