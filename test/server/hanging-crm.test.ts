/** A CRM that does not answer delays only its own account. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OpenDatabase } from '../../server/store/database.ts';
import { freshDatabase, kinds } from '../support/databases.ts';
import { followingIn, placeIn } from './life-of-copies.ts';
import { createRegister, OWNERS } from './register.ts';

/** More than the server works on at once. */
const MANY = Array.from({ length: 60 }, (_, at) => `contact ${600 + at}`);
const ROUNDS = 25;

describe.each(kinds())('a CRM that never answers (%s)', kind => {
  let open: OpenDatabase;
  beforeAll(async () => {
    open = await freshDatabase(kind);
  });
  afterAll(() => open.close());

  it('keeps only the clients of its own account waiting', async () => {
    const [hanging, other] = [await placeIn(open.database, '2'), await placeIn(open.database, '3')];
    const register = createRegister(Date.now);
    let asked = 0;
    const server = followingIn(
      open.database,
      {
        chat: register.chat,
        crm(request) {
          if (request.headers.get('Authorization') !== `Bearer ${hanging.accountId}`)
            return register.crm(request);
          asked += 1;
          return new Promise((_, reject) =>
            request.signal.addEventListener('abort', () => reject(new Error('Left'))),
          );
        },
      },
      { through: act => act(), now: Date.now, failed: error => register.complaints.push(String(error)) },
    );
    await server.copies.adopt(hanging.accountId, MANY);
    await server.lanes.hint(hanging.accountId, MANY, 'live');
    await server.copies.adopt(other.accountId, ['contact 501']);
    const leaving = new AbortController();
    const running = server.follower.run(leaving.signal);
    await expect.poll(() => asked).toBeGreaterThan(0);

    register.tell('contact 501');
    for (let round = 0; round < ROUNDS; round += 1) {
      register.change('contact 501', { what: 'owner', owner: OWNERS[round % 2] ?? '' }, 0);
      await server.lanes.hint(other.accountId, ['contact 501'], 'live');
      await expect.poll(register.wrong, { timeout: 2000, interval: 10 }).toEqual([]);
    }
    // Only one client of the account that hangs was asked for.
    expect(asked).toBe(1);
    leaving.abort();
    await running;
    expect(register.complaints).toEqual([]);
  });
});
