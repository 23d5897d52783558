/** What the log of a CRM tells of responsibles, as host.ts promises it of any CRM. */
import { describe, expect, it } from 'vitest';
import { ADMIN, SELLER_A, SELLER_B } from '../../../world/people.ts';
import { everyHost } from './every-host.ts';

const [A, B] = [String(SELLER_A), String(SELLER_B)];

everyHost('the log', at => {
  const theirs = (name = 'Anna'): string => at.crm.openContact({ name, ownerId: SELLER_B });

  describe('the log of responsibles', () => {
    it('tells of the named contacts who gave them, from whom, to whom and when', async () => {
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

    it('tells of several contacts at once, and of each only what is theirs', async () => {
      const ids = [theirs(), theirs()];
      ids.forEach(id => at.crm.assign(ADMIN, id, SELLER_A));
      const changes = await at.crm.records.ownerChangesOf(ids, at.crm.now());
      expect(changes.map(({ contactId }) => contactId).toSorted()).toEqual(ids);
      expect(new Set(changes.map(({ id }) => id)).size).toBe(2);
    });

    it('tells nothing from before the second that was asked for', async () => {
      const id = theirs();
      at.crm.assign(ADMIN, id, SELLER_A);
      expect(await at.crm.records.ownerChangesOf([id], at.crm.now() + 1)).toEqual([]);
    });

    it('dates by the same clock as a contact that is read', async () => {
      const id = theirs();
      const { readAt } = await at.crm.records.contact(id);
      at.crm.assign(ADMIN, id, SELLER_A);
      const [change] = await at.crm.records.ownerChangesOf([id], 0);
      expect(Math.abs((change?.at ?? 0) - readAt)).toBeLessThanOrEqual(60);
    });
  });
});
