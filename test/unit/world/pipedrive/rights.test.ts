/** Who sees a record, and who may give it to another owner. */
import { describe, expect, it } from 'vitest';
import { standingClock } from '../../../world/clock.ts';
import { ADMIN, HEAD_OF_SALES, NOBODY, SELLER_A, SELLER_B } from '../../../world/people.ts';
import type { Plan } from '../../../world/pipedrive/plans.ts';
import { createWorld } from '../../../world/world.ts';

function company(plan: Plan = 'growth') {
  const world = createWorld({ clock: standingClock() });
  return { world, company: world.pipedrive.openCompany({ domain: 'acme', plan }) };
}
const EVERYBODY = [ADMIN, SELLER_A, SELLER_B, HEAD_OF_SALES, NOBODY];

describe('who sees a person', () => {
  it.each<[Plan, number, readonly number[]]>([
    ['growth', 3, EVERYBODY],
    ['growth', 1, [ADMIN, SELLER_A]],
    ['premium', 7, EVERYBODY],
    ['premium', 5, [ADMIN, SELLER_A, SELLER_B, NOBODY]],
    ['premium', 3, [ADMIN, SELLER_A, SELLER_B]],
    ['premium', 1, [ADMIN, SELLER_A]],
  ])('is right with the plan %s and visibility %i', (plan, visibleTo, seen) => {
    const given = company(plan);
    // Seller A is in a group with seller B. The stand-in owner is in a group below it, and the head of sales in one beside it.
    const roles: readonly (readonly [number, number | null])[] = [
      [1, null],
      [2, 1],
      [3, 2],
      [4, 1],
    ];
    for (const [id, parentId] of roles) given.company.roles.set(id, { id, parentId, name: `Group ${id}` });
    const roleOf = new Map([
      [SELLER_A, 2],
      [SELLER_B, 2],
      [NOBODY, 3],
      [HEAD_OF_SALES, 4],
    ]);
    for (const [id, roleId] of roleOf) given.company.changeUser(ADMIN, id, { roleId });
    const person = given.company.addPerson({ name: 'Anna', ownerId: SELLER_A, visibleTo });
    expect(given.company.rights.permitted(person)).toEqual(seen);
  });

  it('includes followers of the person, and administrators of the deals app', () => {
    const { company: acme } = company();
    acme.changeUser(ADMIN, HEAD_OF_SALES, { adminOf: ['sales'] });
    const person = acme.addPerson({ name: 'Anna', ownerId: SELLER_A, visibleTo: 1, followers: [SELLER_B] });
    expect(acme.rights.permitted(person)).toEqual([ADMIN, SELLER_A, SELLER_B, HEAD_OF_SALES]);
  });

  it('changes with the owner: the old owner no longer sees the person', () => {
    const { company: acme } = company();
    const { id } = acme.addPerson({ name: 'Anna', ownerId: SELLER_A, visibleTo: 1 });
    acme.assignPerson(SELLER_A, id, SELLER_B);
    expect([acme.personFor(SELLER_A, id), acme.persons.get(id)?.ownerId]).toEqual(['hidden', SELLER_B]);
  });
});

describe('a change of owner', () => {
  it.each<[string, number, { changeOwner?: boolean; editOthersPeople?: boolean }, unknown]>([
    [
      'by its owner without any rights is allowed',
      SELLER_A,
      { changeOwner: false, editOthersPeople: false },
      'given',
    ],
    ['by an administrator is allowed', ADMIN, { changeOwner: false, editOthersPeople: false }, 'given'],
    ['by a person with both rights is allowed', SELLER_B, {}, 'given'],
    [
      'by a person without the right to change owners is refused',
      SELLER_B,
      { changeOwner: false },
      'may-not-change-owner',
    ],
    [
      'by a person without the right to edit others’ people is refused',
      SELLER_B,
      { editOthersPeople: false },
      'may-not-edit',
    ],
  ])('%s', (_who, userId, rights, expected) => {
    const { company: acme } = company();
    Object.assign(acme.users.get(userId)?.rights ?? {}, rights);
    const { id } = acme.addPerson({ name: 'Anna', ownerId: SELLER_A });
    const given = acme.assignPerson(userId, id, SELLER_B);
    expect(typeof given === 'string' ? given : 'given').toBe(expected);
  });

  it('of a deal depends on a right of its own', () => {
    const { company: acme } = company();
    Object.assign(acme.users.get(SELLER_B)?.rights ?? {}, { editOthersDeals: false });
    const deal = acme.addDeal({ title: 'Doors', ownerId: SELLER_A });
    const person = acme.addPerson({ name: 'Anna', ownerId: SELLER_A });
    expect(acme.assignDeal(SELLER_B, deal.id, SELLER_B)).toBe('may-not-edit');
    expect(acme.assignPerson(SELLER_B, person.id, SELLER_B)).toMatchObject({ ownerId: SELLER_B });
  });

  it.each([
    ['taken', SELLER_B],
    ['refused', SELLER_A],
  ] as const)('to a person who has left is %s', (inactiveOwner, ownerId) => {
    const { world, company: acme } = company();
    world.pipedrive.oddities.inactiveOwner = inactiveOwner;
    acme.changeUser(ADMIN, SELLER_B, { isActive: false });
    const { id } = acme.addPerson({ name: 'Anna', ownerId: SELLER_A });
    acme.assignPerson(ADMIN, id, SELLER_B);
    expect(acme.persons.get(id)?.ownerId).toBe(ownerId);
  });
});

describe('companies', () => {
  it('share only the ids of people', () => {
    const { world, company: acme } = company();
    const other = world.pipedrive.openCompany({ domain: 'other' });
    const mine = acme.addPerson({ name: 'Anna', ownerId: SELLER_A });
    expect([other.users.has(SELLER_A), other.persons.has(mine.id)]).toEqual([true, false]);
    expect(other.id).toBe(acme.id + 1);
    expect(() => world.pipedrive.openCompany({ domain: 'acme' })).toThrow('acme');
  });

  it('are all gone after a reset of the world', () => {
    const { world } = company();
    world.reset();
    expect(world.pipedrive.companies).toEqual([]);
  });
});
