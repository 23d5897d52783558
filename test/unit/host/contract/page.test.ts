/** What a page of every CRM answers without a request, as host.ts promises it. */
import { describe, expect, it, vi } from 'vitest';
import { isBlank } from '../../../../domain/blank.ts';
import { ADMIN, SELLER_A, SELLER_B } from '../../../world/people.ts';
import { everyHost } from './every-host.ts';

const [A, B] = [String(SELLER_A), String(SELLER_B)];
const HOSTILE = '7/../8?a=b#"><img src=x>&';

everyHost('the page', at => {
  const theirs = (): string => at.crm.openContact({ ownerId: SELLER_B });

  describe('the place', () => {
    it('is the settings if no client is shown, and there is no owner', async () => {
      const { place, shownOwner } = await at.crm.open();
      expect([place, shownOwner()]).toEqual([{ kind: 'settings' }, null]);
    });

    it('is a contact’s card, with its owner', async () => {
      const contactId = theirs();
      const { place, shownOwner } = await at.crm.open({ contactId });
      expect([place, shownOwner()]).toEqual([{ kind: 'contact', contactId }, B]);
    });

    it('is a deal’s card, with the client if the page knows them', async () => {
      const contactId = theirs();
      const dealId = at.crm.openDeal({ contactIds: [contactId], ownerId: SELLER_B });
      const { place } = await at.crm.open({ dealId });
      expect([
        { kind: 'deal', dealId },
        { kind: 'contact', contactId, dealId },
      ]).toContainEqual(place);
    });
  });

  describe('the account', () => {
    it('has an id, a country of two capitals, and an origin', async () => {
      const { account, origin } = await at.crm.open();
      expect(account).toEqual({
        id: expect.stringMatching(/^[1-9]\d*$/),
        country: expect.stringMatching(/^[A-Z]{2}$/),
      });
      expect(origin).toBe(at.crm.origin);
    });

    it.each([
      [SELLER_A, false],
      [ADMIN, true],
    ])('knows who I am: %i', async (id, isAdmin) => {
      await at.openAs(id);
      const { name } = at.crm.people().find(one => one.id === String(id)) ?? {};
      expect((await at.crm.open()).me).toMatchObject({ id: String(id), name, isAdmin });
    });

    it('has no settings of ours before an admin has saved any', async () => {
      expect((await at.crm.open()).ownSettings()).toBe('');
    });

    it('has our settings as they were saved', async () => {
      const own = { v: 1, standInOwners: [B] };
      expect(JSON.parse((await at.crm.open({ own })).ownSettings())).toEqual(own);
    });
  });

  describe('the theme', () => {
    it('is reported to its listeners until they are removed', async () => {
      const page = await at.crm.open();
      const [stopped, listening] = [vi.fn<() => void>(), vi.fn<() => void>()];
      const stop = page.onTheme(stopped);
      const stopListening = page.onTheme(listening);
      expect(page.theme()).toBe('light');
      stop();
      at.crm.switchTheme('dark');
      await vi.waitFor(() => expect(listening).toHaveBeenCalled());
      expect([page.theme(), stopped.mock.calls.length]).toEqual(['dark', 0]);
      stopListening();
    });
  });

  describe('an employee', () => {
    it('who has left is still listed, as inactive', async () => {
      at.crm.deactivate(SELLER_B);
      const page = await at.crm.open();
      expect(page.employee(B)).toMatchObject({ id: B, active: false });
      expect(page.employee(A)).toMatchObject({ id: A, active: true });
      expect(page.employees().map(({ id }) => id)).toEqual(at.crm.people().map(({ id }) => id));
    });

    it('who is not in the list counts as deleted', async () => {
      expect((await at.crm.open()).employee('987654')).toBeUndefined();
    });

    it('counts as active if the list is incomplete', async () => {
      const page = await at.crm.open({ isListBroken: true });
      expect(page.employee('987654')).toMatchObject({ id: '987654', active: true, admin: false });
    });

    it.each(['', '\u200B '])('with the blank name %j gets a readable name', async blank => {
      at.crm.rename(SELLER_A, blank);
      at.crm.rename(SELLER_B, blank);
      const page = await at.crm.open();
      const names = [page.me.name, page.employee(B)?.name ?? '', ...page.employees().map(({ name }) => name)];
      expect(names.filter(isBlank)).toEqual([]);
      expect(page.employee(B)?.name).toContain(B);
    });
  });

  describe('an address', () => {
    it.each(['contact', 'deal'] as const)('of a %s opens its card', async kind => {
      const { cardOf, origin } = await at.crm.open();
      expect(new URL(cardOf(kind, '77'), origin).href).toBe(at.crm.cardOf(kind, '77'));
    });

    it('contains any id as one segment, and leads nowhere else', async () => {
      const { cardOf, contactsOf, origin } = await at.crm.open();
      for (const address of [cardOf('contact', HOSTILE), cardOf('deal', HOSTILE), contactsOf(HOSTILE)]) {
        expect(address).toContain(encodeURIComponent(HOSTILE));
        const { origin: leadsTo, hash } = new URL(address, origin);
        expect([leadsTo, hash]).toEqual([at.crm.origin, '']);
      }
    });
  });

  describe('a change of a contact by other people', () => {
    it.runIf(at.can['pushes-changes'])('is reported until the listener is removed', async () => {
      const contactId = theirs();
      const page = await at.crm.open({ contactId });
      const heard = vi.fn<() => void>();
      const stop = page.onChange(contactId, heard);
      at.crm.push(contactId);
      at.crm.push('987654');
      expect(heard).toHaveBeenCalledOnce();
      stop();
      at.crm.push(contactId);
      expect(heard).toHaveBeenCalledOnce();
    });

    it.runIf(!at.can['pushes-changes'])(
      'can be listened to even if the CRM does not notify its pages',
      async () => {
        const contactId = theirs();
        const page = await at.crm.open({ contactId });
        expect(() => page.onChange(contactId, () => undefined)()).not.toThrow();
      },
    );
  });
});
