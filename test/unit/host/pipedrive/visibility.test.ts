/** Who sees a person of Pipedrive before and after a change of owner. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  hiddenFrom,
  sees,
  type Groups,
  type Seer,
  type Visibility,
} from '../../../../widget/host/pipedrive/visibility.ts';
import type { Plan } from '../../../world/pipedrive/plans.ts';
import { rightsIn } from '../../../world/pipedrive/rights.ts';
import { usersOf, type Role } from '../../../world/pipedrive/users.ts';

const STEPS = [1, 3, 5, 7];
/** Group 1 is at the top. Each other group is below an earlier one. */
const tree = fc
  .array(fc.nat(), { minLength: 1, maxLength: 6 })
  .map((picks): Groups =>
    picks.map((pick, at) => ({ id: `${at + 1}`, parentId: at === 0 ? null : `${(pick % at) + 1}` })),
  );
const seer = (id: string) =>
  fc.record({
    id: fc.constant(id),
    groupId: fc.nat(6).map(one => (one === 0 ? '' : `${one}`)),
    seesAll: fc.boolean(),
  });
const known = fc.record({ groups: fc.option(tree), seer: seer('1'), owner: seer('2') });

describe('who sees a person', () => {
  it('is never a smaller set with a wider level of visibility', () => {
    fc.assert(
      fc.property(known, ({ groups, seer: one, owner }) => {
        const seen = STEPS.map(visibleTo => sees(one, owner, { visibleTo, groups }));
        expect(seen).toEqual(seen.toSorted((left, right) => Number(left) - Number(right)));
      }),
    );
  });

  it('always includes the owner and the admins of the records', () => {
    fc.assert(
      fc.property(known, fc.constantFrom(...STEPS, null, 9), ({ groups, seer: one, owner }, visibleTo) => {
        const visibility = { visibleTo, groups };
        expect(sees({ ...one, seesAll: true }, owner, visibility)).toBe(true);
        expect(sees(owner, owner, visibility)).toBe(true);
      }),
    );
  });

  it.each([7, null, 9])('is everybody at the level %s', visibleTo => {
    fc.assert(
      fc.property(known, ({ groups, seer: one, owner }) => {
        expect(sees(one, owner, { visibleTo, groups })).toBe(true);
      }),
    );
  });

  it('excludes nobody who may be above the owner if the groups are not known', () => {
    fc.assert(
      fc.property(known, fc.constantFrom(3, 5), ({ groups, seer: one, owner }, visibleTo) => {
        expect(sees(one, owner, { visibleTo, groups: null })).toBe(true);
        expect(sees({ ...one, groupId: '' }, owner, { visibleTo, groups })).toBe(true);
      }),
    );
    const alone = { visibleTo: 1, groups: null };
    expect(sees(person('1', '2'), person('2', '3'), alone)).toBe(true);
    expect(sees(person('1', '3'), person('2', '3'), alone)).toBe(false);
  });

  it.each<[Plan, readonly number[]]>([
    ['premium', STEPS],
    // All employees are in one group.
    ['growth', [1, 3]],
  ])('is the same as in the emulated company with the plan %s', (plan, steps) => {
    fc.assert(
      fc.property(tree, fc.array(fc.nat(), { minLength: 5 }), (groups, picks) => {
        const users = new Map(usersOf(5, 'en').map(one => [one.id, one]));
        const roles = new Map<number, Role>();
        for (const { id, parentId } of groups)
          roles.set(Number(id), {
            id: Number(id),
            parentId: parentId === null ? null : Number(parentId),
            name: id,
          });
        [...users.values()].forEach((user, at) => {
          user.roleId = plan === 'growth' ? 1 : ((picks[at] ?? 0) % groups.length) + 1;
        });
        const rights = rightsIn({ plan, users, roles });
        const seers = [...users.values()].filter(({ isActive }) => isActive);
        for (const visibleTo of steps)
          for (const owner of seers)
            for (const one of seers)
              expect([visibleTo, sees(seerOf(one), seerOf(owner), { visibleTo, groups })]).toEqual([
                visibleTo,
                rights.sees(one.id, { ownerId: owner.id, followers: [], visibleTo }),
              ]);
      }),
      { numRuns: 50 },
    );
  });
});

describe('who no longer sees a person after a change of owner', () => {
  const groups: Groups = [
    { id: '1', parentId: null },
    { id: '2', parentId: '1' },
    { id: '3', parentId: '1' },
    { id: '4', parentId: '2' },
  ];
  it.each<[string, number | null, Seer, Seer, unknown]>([
    [
      'a colleague of my group, at the level of the owner alone',
      1,
      person('7', '2'),
      person('me', '2'),
      'former-owner',
    ],
    ['a colleague of my group', 3, person('7', '2'), person('me', '2'), 'nobody'],
    ['a colleague of another group, and that group', 3, person('7', '3'), person('me', '2'), 'former-group'],
    ['a colleague of a group above mine', 3, person('7', '1'), person('me', '2'), 'nobody'],
    [
      'a colleague of a group below mine, at a level that includes lower groups',
      5,
      person('7', '4'),
      person('me', '2'),
      'nobody',
    ],
    [
      'a colleague of a group below mine, at a level without lower groups',
      3,
      person('7', '4'),
      person('me', '2'),
      'former-group',
    ],
    ['a colleague, at the level of everybody', 7, person('7', '3'), person('me', '2'), 'nobody'],
    ['me, if I give them to another group', 3, person('me', '2'), person('7', '3'), 'me'],
    ['me, if I give them to my own group', 3, person('me', '2'), person('7', '2'), 'nobody'],
    ['me, at the level of the owner alone', 1, person('me', '2'), person('7', '2'), 'me'],
    ['me, if my group is above the new owner’s', 1, person('me', '1'), person('7', '2'), 'nobody'],
    ['me, if I stay the owner', 1, person('me', '2'), person('me', '2'), 'nobody'],
    ['me, at an unknown level', null, person('me', '2'), person('7', '3'), 'nobody'],
  ])('is known for %s', (_whom, visibleTo, from, to, hidden) => {
    expect(hiddenFrom('me', from, to, { visibleTo, groups })).toBe(hidden);
  });

  it('is found even if the groups form a loop', () => {
    const odd: Visibility = {
      visibleTo: 5,
      groups: [
        { id: '1', parentId: '2' },
        { id: '2', parentId: '1' },
        { id: '3', parentId: '3' },
      ],
    };
    expect(hiddenFrom('me', person('7', '3'), person('me', '1'), odd)).toBe('former-group');
  });
});

function person(id: string, groupId: string): Seer {
  return { id, groupId, seesAll: false };
}

const seerOf = (user: {
  readonly id: number;
  readonly roleId: number;
  readonly adminOf: readonly string[];
}): Seer => ({
  id: String(user.id),
  groupId: String(user.roleId),
  seesAll: user.adminOf.some(app => app === 'global' || app === 'sales'),
});
