/** Contacts and who is responsible for them, as host.ts promises them of any CRM. */
import { describe, expect, it } from 'vitest';
import { asFailure, leavesOpen } from '../../../../widget/http/failure.ts';
import { SELLER_A, SELLER_B } from '../../../world/people.ts';
import { everyHost, failureOf } from './every-host.ts';

const [A, B] = [String(SELLER_A), String(SELLER_B)];

everyHost('contacts', at => {
  const theirs = (name = 'Anna'): string => at.crm.openContact({ name, ownerId: SELLER_B });

  describe('a contact', () => {
    it('comes with all that is text, as people wrote it, and with where they open it', async () => {
      const phones = ['+7 916 000-00-01', '8 916 000 00 02'];
      const id = at.crm.openContact({ name: 'Anna', phones, ownerId: SELLER_B });
      expect(await at.crm.records.contact(id)).toMatchObject({
        id,
        name: 'Anna',
        ownerId: B,
        phones,
        address: at.crm.cardOf('contact', id),
      });
    });

    it.each([
      ['deleted', (id: string) => at.crm.deleteContact(id)],
      ['hidden from me', (id: string) => at.crm.hideContact(id)],
    ])('that is %s is missing, and among others is left out', async (_what, happens) => {
      const [id, other] = [theirs(), at.crm.openContact({ name: 'Boris', ownerId: SELLER_A })];
      happens(id);
      expect(await failureOf(at.crm.records.contact(id))).toMatchObject({ code: 'missing', service: 'crm' });
      expect((await at.crm.records.contacts([id, other])).map(one => one.id)).toEqual([other]);
      expect(await at.crm.records.contacts([id])).toEqual([]);
    });

    it('that was never there is missing', async () => {
      expect(await failureOf(at.crm.records.contact('987654'))).toMatchObject({ code: 'missing' });
      expect(await at.crm.records.contacts(['987654'])).toEqual([]);
    });

    it('is given to somebody, as is read after it', async () => {
      const id = theirs();
      await at.crm.records.setOwner(id, A);
      expect((await at.crm.records.contact(id)).ownerId).toBe(A);
      expect(at.crm.ownerOf(id)).toBe(A);
    });

    it('is not written once that is due no more, and nothing is asked', async () => {
      const id = theirs();
      const failure = await failureOf(at.crm.records.setOwner(id, A, () => false));
      expect([failure.code, at.crm.asked, at.crm.ownerOf(id)]).toEqual(['cancelled', [], B]);
    });

    it('that I have no right to is forbidden, and stays whose it is', async () => {
      const id = theirs();
      at.crm.withoutRight();
      const failure = await failureOf(at.crm.records.setOwner(id, A));
      expect([failure.code, failure.service, leavesOpen(failure)]).toEqual(['forbidden', 'crm', false]);
      expect(at.crm.ownerOf(id)).toBe(B);
    });

    it.each([
      ['unauthorized', 'signed-out'],
      ['unpaid', 'unpaid'],
      ['forbidden-json', 'forbidden'],
      ['no-rights-244', 'forbidden'],
      ['too-many', 'too-many'],
    ] as const)('whose write ends as %s is %s, and certainly not written', async (mishap, code) => {
      const id = theirs();
      at.crm.befalls(mishap);
      const failure = await failureOf(at.crm.records.setOwner(id, A));
      expect([failure.code, failure.service, leavesOpen(failure)]).toEqual([code, 'crm', false]);
      expect(at.crm.ownerOf(id)).toBe(B);
    });

    it.each([
      ['server-error', 'down'],
      ['cut', 'no-answer'],
    ] as const)('whose write ends as %s is %s: whether it happened is open', async (mishap, code) => {
      const id = theirs();
      at.crm.befalls(mishap);
      const failure = await failureOf(at.crm.records.setOwner(id, A));
      expect([failure.code, failure.service, leavesOpen(failure)]).toEqual([code, 'crm', true]);
    });

    it('whose answer is lost is written once, open, and read to be mine', async () => {
      const id = theirs();
      const since = at.crm.now();
      at.crm.befalls('broken-json');
      const ended = await at.crm.records.setOwner(id, A).then(() => null, asFailure);
      // A CRM that has told nothing but "yes" may also be taken at its word.
      expect(ended === null || leavesOpen(ended)).toBe(true);
      expect((await at.crm.records.contact(id)).ownerId).toBe(A);
      expect(await at.crm.records.ownerChangesOf([id], since)).toHaveLength(1);
    });

    it('that is not there is missing when it is written', async () => {
      expect(await failureOf(at.crm.records.setOwner('987654', A))).toMatchObject({ code: 'missing' });
    });

    it('is never given to nobody whom the CRM knows', async () => {
      const id = theirs();
      const failure = await failureOf(at.crm.records.setOwner(id, '987654'));
      expect([failure.code, at.crm.ownerOf(id)]).toEqual(['refused', B]);
    });
  });
});
