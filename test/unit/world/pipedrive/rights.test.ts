/** B6: who sees a record, and who may give it away. */
import { describe, expect, it } from 'vitest';
import { standingClock } from '../../../world/clock.ts';
import { ADMIN, HEAD_OF_SALES, NOBODY, SELLER_A, SELLER_B } from '../../../world/people.ts';
import type { Plan } from '../../../world/pipedrive/plans.ts';
import { createWorld } from '../../../world/world.ts';

function company(plan: Plan = 'growth') {
  const world = createWorld({ clock: standingClock() });
  return { world, company: world.pipedrive.openCompany({ domain: 'acme', plan }) };
}
/** Seller A is in a group with seller B; below it is one with nobody's clients, beside it the head of sales. */
function inGroups(plan: Plan) {
  const { company: acme } = company(plan);
  const roles: readonly (readonly [number, number | null])[] = [
    [1, null],
    [2, 1],
    [3, 2],
    [4, 1],
  ];
  for (const [id, parentId] of roles) acme.roles.set(id, { id, parentId, name: `Group ${id}` });
  const roleOf = new Map([
    [SELLER_A, 2],
    [SELLER_B, 2],
    [NOBODY, 3],
    [HEAD_OF_SALES, 4],
  ]);
  for (const [id, roleId] of roleOf) acme.changeUser(ADMIN, id, { roleId });
  return acme;
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
  ])('of a company with the plan %s and visibility %i', (plan, visibleTo, seen) => {
    const acme = inGroups(plan);
    const person = acme.addPerson({ name: 'Anna', ownerId: SELLER_A, visibleTo });
    expect(acme.rights.permitted(person)).toEqual(seen);
  });

  it.each<[Plan, number, readonly number[]]>([
    ['premium', 5, [ADMIN, SELLER_A, SELLER_B, NOBODY]],
    ['premium', 3, [ADMIN, SELLER_A, SELLER_B, NOBODY]],
    ['premium', 1, [ADMIN, SELLER_A, SELLER_B, NOBODY]],
    ['growth', 1, [ADMIN, NOBODY]],
  ])('of somebody in a group below: %s, visibility %i', (plan, visibleTo, seen) => {
    const acme = inGroups(plan);
    const person = acme.addPerson({ name: 'Anna', ownerId: NOBODY, visibleTo });
    expect(acme.rights.permitted(person)).toEqual(seen);
  });

  it('includes whoever follows them, and administrators of the deals app', () => {
    const { company: acme } = company();
    acme.changeUser(ADMIN, HEAD_OF_SALES, { adminOf: ['sales'] });
    const person = acme.addPerson({ name: 'Anna', ownerId: SELLER_A, visibleTo: 1, followers: [SELLER_B] });
    expect(acme.rights.permitted(person)).toEqual([ADMIN, SELLER_A, SELLER_B, HEAD_OF_SALES]);
  });

  it('is another after they were given away: the old owner does not see them any more', () => {
    const { company: acme } = company();
    const { id } = acme.addPerson({ name: 'Anna', ownerId: SELLER_A, visibleTo: 1 });
    acme.assignPerson(SELLER_A, id, SELLER_B);
    expect([acme.personFor(SELLER_A, id), acme.persons.get(id)?.ownerId]).toEqual(['hidden', SELLER_B]);
  });
});

describe('who gives a record away', () => {
  it.each<[string, number, { changeOwner?: boolean; editOthersPeople?: boolean }, unknown]>([
    ['its owner, with no right at all', SELLER_A, { changeOwner: false, editOthersPeople: false }, 'given'],
    ['an administrator', ADMIN, { changeOwner: false, editOthersPeople: false }, 'given'],
    ['somebody with both rights', SELLER_B, {}, 'given'],
    ['somebody without the right to change owners', SELLER_B, { changeOwner: false }, 'may-not-change-owner'],
    ['somebody who may not edit what is others’', SELLER_B, { editOthersPeople: false }, 'may-not-edit'],
  ])('%s', (_who, userId, rights, expected) => {
    const { company: acme } = company();
    Object.assign(acme.users.get(userId)?.rights ?? {}, rights);
    const { id } = acme.addPerson({ name: 'Anna', ownerId: SELLER_A });
    const given = acme.assignPerson(userId, id, SELLER_B);
    expect(typeof given === 'string' ? given : 'given').toBe(expected);
  });

  it('a deal’s is a right of its own', () => {
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
  ] as const)('to somebody who has left: it is %s', (inactiveOwner, ownerId) => {
    const { world, company: acme } = company();
    world.pipedrive.oddities.inactiveOwner = inactiveOwner;
    acme.changeUser(ADMIN, SELLER_B, { isActive: false });
    const { id } = acme.addPerson({ name: 'Anna', ownerId: SELLER_A });
    acme.assignPerson(ADMIN, id, SELLER_B);
    expect(acme.persons.get(id)?.ownerId).toBe(ownerId);
  });
});

describe('companies', () => {
  it('share people’s ids and nothing else', () => {
    const { world, company: acme } = company();
    const other = world.pipedrive.openCompany({ domain: 'other' });
    const mine = acme.addPerson({ name: 'Anna', ownerId: SELLER_A });
    expect([other.users.has(SELLER_A), other.persons.has(mine.id)]).toEqual([true, false]);
    expect(other.id).toBe(acme.id + 1);
    expect(() => world.pipedrive.openCompany({ domain: 'acme' })).toThrow('acme');
  });

  it('are all gone when the world begins anew', () => {
    const { world } = company();
    world.reset();
    expect(world.pipedrive.companies).toEqual([]);
  });
});
