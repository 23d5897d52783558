/** The log of changes of owners, as host.ts promises it for every CRM. */
import { describe, expect, it } from 'vitest';
import { ADMIN, SELLER_A, SELLER_B } from '../../../world/people.ts';
import { everyHost } from './every-host.ts';

const [A, B] = [String(SELLER_A), String(SELLER_B)];

everyHost('the log', at => {
  const theirs = (name = 'Anna'): string => at.crm.openContact({ name, ownerId: SELLER_B });

  describe('the log of owners', () => {
    it('has the author, both owners and the time of each change of the named contacts', async () => {
      const [anna, boris] = [theirs(), theirs()];
      at.crm.assign(ADMIN, anna, SELLER_A);
      const first = at.crm.now();
      at.crm.pass(60);
      at.crm.assign(SELLER_A, anna, SELLER_B);
      at.crm.assign(ADMIN, boris, SELLER_A);
      const changes = await at.crm.records.ownerChangesOf([anna], first);
      expect(changes.toSorted((one, other) => one.at - other.at)).toEqual([
        { id: expect.any(String), contactId: anna, at: first, by: String(ADMIN), before: B, after: A },
        { id: expect.any(String), contactId: anna, at: first + 60, by: A, before: A, after: B },
      ]);
      expect(new Set(changes.map(({ id }) => id)).size).toBe(2);
    });

    it('can be read for several contacts at once, each with its own changes', async () => {
      const ids = [theirs(), theirs()];
      ids.forEach(id => at.crm.assign(ADMIN, id, SELLER_A));
      const changes = await at.crm.records.ownerChangesOf(ids, at.crm.now());
      expect(changes.map(({ contactId }) => contactId).toSorted()).toEqual(ids);
      expect(new Set(changes.map(({ id }) => id)).size).toBe(2);
    });

    it('contains no changes before the requested second', async () => {
      const id = theirs();
      at.crm.assign(ADMIN, id, SELLER_A);
      expect(await at.crm.records.ownerChangesOf([id], at.crm.now() + 1)).toEqual([]);
    });

    it('uses the same clock as a contact that is read', async () => {
      const id = theirs();
      const { readAt } = await at.crm.records.contact(id);
      at.crm.assign(ADMIN, id, SELLER_A);
      const [change] = await at.crm.records.ownerChangesOf([id], 0);
      expect(Math.abs((change?.at ?? 0) - readAt)).toBeLessThanOrEqual(60);
    });
  });
});
