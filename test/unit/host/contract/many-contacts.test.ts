/** Several contacts at once, as host.ts promises them for every CRM. */
import { describe, expect, it } from 'vitest';
import { SELLER_A, SELLER_B } from '../../../world/people.ts';
import { everyHost, failureOf } from './every-host.ts';

const [A, B] = [String(SELLER_A), String(SELLER_B)];

everyHost('several contacts', at => {
  const theirs = (name = 'Anna'): string => at.crm.openContact({ name, ownerId: SELLER_B });

  describe('several contacts', () => {
    it('are the requested ones, each once', async () => {
      const [anna, boris] = [theirs('Anna'), theirs('Boris')];
      theirs('Clara');
      const read = await at.crm.records.contacts([anna, boris, anna]);
      expect(read.map(({ id, name }) => `${id} ${name}`).toSorted()).toEqual([
        `${anna} Anna`,
        `${boris} Boris`,
      ]);
    });

    it('cause no request if no ids are given', async () => {
      theirs();
      expect(await at.crm.records.contacts([])).toEqual([]);
      expect(await at.crm.records.setOwners([], A)).toEqual([]);
      expect(await at.crm.records.ownerChangesOf([], 0)).toEqual([]);
      expect(at.crm.asked).toEqual([]);
    });

    it('get a new owner, each once, and the changed ones are named', async () => {
      const [anna, boris] = [theirs(), theirs()];
      const since = at.crm.now();
      expect((await at.crm.records.setOwners([anna, boris, anna], A)).toSorted()).toEqual([anna, boris]);
      expect([at.crm.ownerOf(anna), at.crm.ownerOf(boris)]).toEqual([A, A]);
      expect(at.crm.asked.length).toBeLessThanOrEqual(2);
      expect(await at.crm.records.ownerChangesOf([anna, boris], since)).toHaveLength(2);
    });

    it('are not written if the write is no longer due', async () => {
      const ids = [theirs(), theirs()];
      expect(await failureOf(at.crm.records.setOwners(ids, A, () => false))).toMatchObject({
        code: 'cancelled',
      });
      expect([at.crm.asked, ids.map(at.crm.ownerOf)]).toEqual([[], [B, B]]);
    });

    it.runIf(at.can['changes-many-at-once'])('are refused together', async () => {
      const ids = [at.crm.openContact({ ownerId: SELLER_A }), theirs()];
      at.crm.withoutRight();
      at.crm.befalls('no-rights-244');
      expect(await failureOf(at.crm.records.setOwners(ids, B))).toMatchObject({ code: 'forbidden' });
      expect(ids.map(at.crm.ownerOf)).toEqual([A, B]);
    });
  });
});
