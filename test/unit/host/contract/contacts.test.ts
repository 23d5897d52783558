/** Contacts and their owners, as host.ts promises them for every CRM. */
import { describe, expect, it } from 'vitest';
import { asFailure, leavesOpen } from '../../../../widget/http/failure.ts';
import { SELLER_A, SELLER_B } from '../../../world/people.ts';
import { everyHost, failureOf } from './every-host.ts';

const [A, B] = [String(SELLER_A), String(SELLER_B)];

everyHost('contacts', at => {
  const theirs = (name = 'Anna'): string => at.crm.openContact({ name, ownerId: SELLER_B });

  describe('a contact', () => {
    it('comes with its texts as people wrote them, and with the address of its card', async () => {
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
    ])('that is %s is reported as missing, and left out of a list', async (_what, happens) => {
      const [id, other] = [theirs(), at.crm.openContact({ name: 'Boris', ownerId: SELLER_A })];
      happens(id);
      expect(await failureOf(at.crm.records.contact(id))).toMatchObject({ code: 'missing', service: 'crm' });
      expect((await at.crm.records.contacts([id, other])).map(one => one.id)).toEqual([other]);
      expect(await at.crm.records.contacts([id])).toEqual([]);
    });

    it('that never existed is reported as missing', async () => {
      expect(await failureOf(at.crm.records.contact('987654'))).toMatchObject({ code: 'missing' });
      expect(await at.crm.records.contacts(['987654'])).toEqual([]);
    });

    it('has the new owner when it is read after the write', async () => {
      const id = theirs();
      await at.crm.records.setOwner(id, A);
      expect((await at.crm.records.contact(id)).ownerId).toBe(A);
      expect(at.crm.ownerOf(id)).toBe(A);
    });

    it('is not written if the write is no longer due, and causes no request', async () => {
      const id = theirs();
      const failure = await failureOf(at.crm.records.setOwner(id, A, () => false));
      expect([failure.code, at.crm.asked, at.crm.ownerOf(id)]).toEqual(['cancelled', [], B]);
    });

    it('that I may not change is forbidden, and keeps its owner', async () => {
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

    it('is written once if the answer is lost, leaves the outcome open, and is mine when it is read', async () => {
      const id = theirs();
      const since = at.crm.now();
      at.crm.befalls('broken-json');
      const ended = await at.crm.records.setOwner(id, A).then(() => null, asFailure);
      // A CRM that answers only "yes" may also count as having written.
      expect(ended === null || leavesOpen(ended)).toBe(true);
      expect((await at.crm.records.contact(id)).ownerId).toBe(A);
      expect(await at.crm.records.ownerChangesOf([id], since)).toHaveLength(1);
    });

    it('that does not exist is reported as missing by the write', async () => {
      expect(await failureOf(at.crm.records.setOwner('987654', A))).toMatchObject({ code: 'missing' });
    });

    it('is never given to an employee that the CRM does not know', async () => {
      const id = theirs();
      const failure = await failureOf(at.crm.records.setOwner(id, '987654'));
      expect([failure.code, at.crm.ownerOf(id)]).toEqual(['refused', B]);
    });
  });
});
