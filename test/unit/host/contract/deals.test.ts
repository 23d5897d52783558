/** Deals and their clients, as host.ts promises them for every CRM. */
import { describe, expect, it } from 'vitest';
import { HEAD_OF_SALES, SELLER_A, SELLER_B } from '../../../world/people.ts';
import { everyHost, failureOf } from './every-host.ts';

const [A, B] = [String(SELLER_A), String(SELLER_B)];
const TEXT = expect.stringMatching(/^[1-9]\d*$/);

everyHost('deals', at => {
  const theirs = (name = 'Anna'): string => at.crm.openContact({ name, ownerId: SELLER_B });

  describe('deals', () => {
    it('of a contact that was just read are its open ones', async () => {
      const [anna, boris] = [theirs('Anna'), theirs('Boris')];
      const draft = { contactIds: [anna], ownerId: SELLER_B };
      const [open, won, gone] = [
        at.crm.openDeal({ ...draft, title: 'Doors' }),
        at.crm.openDeal(draft),
        at.crm.openDeal(draft),
      ];
      at.crm.openDeal({ ...draft, contactIds: [boris] });
      at.crm.winDeal(won);
      at.crm.deleteDeal(gone);
      const deals = await at.crm.records.dealsOf(await at.crm.records.contact(anna));
      expect(deals.filter(({ isOpen }) => isOpen)).toEqual([
        {
          id: open,
          name: 'Doors',
          ownerId: B,
          pipelineId: TEXT,
          stageId: TEXT,
          isOpen: true,
          address: at.crm.cardOf('deal', open),
        },
      ]);
      expect(deals.map(({ id }) => id)).not.toContain(gone);
    });

    it('of a contact without any are none', async () => {
      expect(await at.crm.records.dealsOf(await at.crm.records.contact(theirs()))).toEqual([]);
    });

    it('are in a stage of one of the account’s pipelines', async () => {
      const anna = theirs();
      at.crm.openDeal({ contactIds: [anna], ownerId: SELLER_B });
      const [deal] = await at.crm.records.dealsOf(await at.crm.records.contact(anna));
      const { items } = await at.crm.records.pipelines();
      const pipeline = items.find(one => one.id === deal?.pipelineId);
      expect(pipeline?.stages.map(stage => stage.id)).toContain(deal?.stageId);
    });

    it('name their client, or none', async () => {
      const anna = theirs();
      const [one, none] = [[anna], []].map(contactIds => at.crm.openDeal({ contactIds, ownerId: SELLER_B }));
      expect(await at.crm.records.clientsOf(one ?? '')).toMatchObject([
        { id: anna, name: 'Anna', ownerId: B },
      ]);
      expect(await at.crm.records.clientsOf(none ?? '')).toEqual([]);
    });

    it('name all of their clients, the main one first', async () => {
      const [other, main] = [theirs('Other'), theirs('Main')];
      const id = at.crm.openDeal({ contactIds: [main, other], ownerId: SELLER_B });
      const clients = await at.crm.records.clientsOf(id);
      expect(clients.map(one => [one.id, one.name])).toEqual([
        [main, 'Main'],
        [other, 'Other'],
      ]);
    });

    it('leave out deleted clients', async () => {
      const [main, other] = [theirs('Main'), theirs('Other')];
      const id = at.crm.openDeal({ contactIds: [main, other], ownerId: SELLER_B });
      at.crm.deleteContact(main);
      expect((await at.crm.records.clientsOf(id)).map(one => one.id)).toEqual([other]);
    });

    it.each([
      ['deleted', (id: string) => at.crm.deleteDeal(id)],
      ['hidden from me', (id: string) => at.crm.hideDeal(id)],
    ])('that are %s are reported as missing', async (_what, happens) => {
      const anna = theirs();
      const id = at.crm.openDeal({ contactIds: [anna], ownerId: SELLER_B });
      const read = await at.crm.records.contact(anna);
      happens(id);
      expect(await failureOf(at.crm.records.clientsOf(id))).toMatchObject({
        code: 'missing',
        service: 'crm',
      });
      expect(await at.crm.records.dealsOf(read)).toEqual([]);
    });

    it('that never existed are reported as missing', async () => {
      expect(await failureOf(at.crm.records.clientsOf('987654'))).toMatchObject({ code: 'missing' });
    });

    it('have the new owner when they are read after the write, and a repeated write changes nothing', async () => {
      const anna = theirs();
      const ids = ['Doors', 'Windows'].map(title =>
        at.crm.openDeal({ title, contactIds: [anna], ownerId: SELLER_B }),
      );
      await at.crm.records.setDealOwners(ids, A);
      await at.crm.records.setDealOwners(ids, A);
      expect(ids.map(at.crm.dealOwnerOf)).toEqual([A, A]);
      expect(at.crm.ownerOf(anna)).toBe(B);
    });

    it('cause no request if no ids are given', async () => {
      await at.crm.records.setDealOwners([], A);
      expect(at.crm.asked).toEqual([]);
    });

    it('are refused if I may give away only the first, and the others keep their owners', async () => {
      const anna = theirs();
      const owners = [SELLER_A, SELLER_B, SELLER_B];
      const ids = owners.map(ownerId => at.crm.openDeal({ contactIds: [anna], ownerId }));
      at.crm.withoutRight();
      const giving = at.crm.records.setDealOwners(ids, String(HEAD_OF_SALES));
      expect(await failureOf(giving)).toMatchObject({ code: 'forbidden' });
      expect(ids.slice(1).map(at.crm.dealOwnerOf)).toEqual([B, B]);
    });

    it('that I may not change are forbidden, and keep their owners', async () => {
      const id = at.crm.openDeal({ contactIds: [theirs()], ownerId: SELLER_B });
      at.crm.withoutRight();
      expect(await failureOf(at.crm.records.setDealOwners([id], A))).toMatchObject({ code: 'forbidden' });
      expect(at.crm.dealOwnerOf(id)).toBe(B);
    });
  });
});
