import { describe, expect, it } from 'vitest';
import { standingClock } from '../../world/clock.ts';
import type { Access } from '../../world/crm.ts';
import { ADMIN, NOBODY, SELLER_A, SELLER_B } from '../../world/people.ts';
import { createWorld } from '../../world/world.ts';

const IN_ANOTHER_GROUP = ADMIN + 6;

describe('a right to contacts', () => {
  it.each<[Access, boolean, boolean, boolean]>([
    ['A', true, true, true],
    ['G', true, true, false],
    ['M', true, false, false],
    ['D', false, false, false],
  ])('"%s" covers own %s, the group\'s %s, and all %s', (access, own, group, all) => {
    const { crm } = createWorld({ size: 7 });
    const seller = crm.users.get(SELLER_A);
    if (seller) seller.contacts = { view: access, edit: access };
    const allowed = [SELLER_A, SELLER_B, IN_ANOTHER_GROUP].map(owner => crm.addContact('Anna', [], owner));
    expect(allowed.map(contact => crm.mayView(SELLER_A, contact))).toEqual([own, group, all]);
    expect(allowed.map(contact => crm.mayEdit(SELLER_A, contact))).toEqual([own, group, all]);
  });

  it('is not needed by an administrator, and does not help a person who has left', () => {
    const { crm } = createWorld();
    const contact = crm.addContact('Anna', [], NOBODY);
    for (const [id, isActive] of [
      [ADMIN, true],
      [SELLER_A, false],
    ] as const) {
      const person = crm.users.get(id);
      if (person) Object.assign(person, { isActive, contacts: { view: 'D', edit: 'D' } });
      expect(crm.mayEdit(id, contact)).toBe(isActive);
    }
  });
});

describe('a right to deals', () => {
  it('equals the right to contacts until it is set', () => {
    const { crm } = createWorld();
    const seller = crm.users.get(SELLER_A);
    if (seller) seller.contacts = { view: 'M', edit: 'M' };
    const deal = crm.addLead('Doors', [], SELLER_B);
    expect([crm.leadFor(SELLER_A, deal.id), crm.mayEditLead(SELLER_A, deal)]).toEqual([undefined, false]);
    if (seller) seller.leads = { view: 'A', edit: 'D' };
    expect([crm.leadFor(SELLER_A, deal.id), crm.mayEditLead(SELLER_A, deal)]).toEqual([deal, false]);
  });
});

describe('a contact', () => {
  it('can be deleted by people who may edit it, and is then hidden with its notes', () => {
    const { crm } = createWorld();
    const seller = crm.users.get(SELLER_A);
    if (seller) seller.contacts.edit = 'M';
    const { id } = crm.addContact('Anna', [], SELLER_B);
    const subject = { entityType: 'contacts', entityId: id } as const;
    expect(crm.deleteContact(SELLER_A, id)).toBe('no-rights');
    expect(crm.shows(SELLER_A, subject)).toBe(true);
    crm.deleteContact(SELLER_B, id);
    expect(crm.shows(ADMIN, subject)).toBe(false);
    expect(crm.addNote(ADMIN, subject, 'Too late')).toBe('not-found');
    expect(crm.assignContact(ADMIN, id, SELLER_A)).toBe('not-found');
  });
});

describe('a change of responsible', () => {
  it('is recorded, with ids that sort by time, and dates the contact', () => {
    const clock = standingClock();
    const { crm } = createWorld({ clock });
    const { id, updatedAt } = crm.addContact('Anna', [], NOBODY);
    for (const to of [SELLER_A, SELLER_B, NOBODY]) {
      clock.advance(500);
      crm.assignContact(ADMIN, id, to);
    }
    expect(crm.ownerChanges.map(({ before, after }) => [before, after])).toEqual([
      [NOBODY, SELLER_A],
      [SELLER_A, SELLER_B],
      [SELLER_B, NOBODY],
    ]);
    const ids = crm.ownerChanges.map(change => change.id);
    expect(ids.toSorted()).toEqual(ids);
    expect(crm.contacts.get(id)?.updatedAt).toBe(updatedAt + 1);
  });

  it.each([
    ['of a missing contact', 1, SELLER_A, 'not-found'],
    ['to an unknown person', undefined, 404_404, 'no-such-user'],
  ])('%s is refused', (_what, contactId, to, refusal) => {
    const { crm } = createWorld();
    const { id } = crm.addContact('Anna', [], NOBODY);
    expect(crm.assignContact(ADMIN, contactId ?? id, to)).toBe(refusal);
    expect(crm.ownerChanges).toEqual([]);
  });

  it('of a contact leaves its deals alone', () => {
    const { crm } = createWorld();
    const { id } = crm.addContact('Anna', [], NOBODY);
    const lead = crm.addLead('Doors', [id], NOBODY);
    crm.assignContact(ADMIN, id, SELLER_A);
    expect(lead.responsibleUserId).toBe(NOBODY);
    crm.assignLead(ADMIN, lead.id, SELLER_A);
    expect(crm.ownerChanges.map(({ entityType }) => entityType)).toEqual(['contact', 'lead']);
  });
});
