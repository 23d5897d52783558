/** Own settings that two admins change at the same time. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mergedOwn } from '../../../domain/own-merge.ts';

const settings = fc.record(
  {
    standInOwners: fc.uniqueArray(fc.constantFrom('1', '2', '3')),
    claims: fc.record({ deals: fc.constantFrom('ask', 'never'), note: fc.boolean() }, { requiredKeys: [] }),
    newcomers: fc.dictionary(fc.constantFrom('a', 'b', '__proto__'), fc.constantFrom('seller', 'auditor')),
    later: fc.constantFrom(1, 'two', null),
  },
  { requiredKeys: [] },
);
/** The value as JSON sends it. */
const plain = (value: object): object => Object(JSON.parse(JSON.stringify(value)));

describe('own settings of two admins', () => {
  it('are mine when only I changed them, and theirs when only they did', () => {
    fc.assert(
      fc.property(settings.map(plain), settings.map(plain), (base, changed) => {
        const kept = (value: object): object => ({ settings: value, isContested: false });
        expect(mergedOwn(base, base, changed)).toEqual(kept(changed));
        expect(mergedOwn(base, changed, changed)).toEqual(kept(changed));
      }),
    );
  });

  it('have each value from one of the two sides', () => {
    fc.assert(
      fc.property(settings.map(plain), settings.map(plain), settings.map(plain), (base, mine, theirs) => {
        const merged = mergedOwn(base, mine, theirs);
        const leaves = (value: object): ReadonlyMap<string, string> => new Map(leavesOf(value, ''));
        const [was, my, their, now] = [base, mine, theirs, merged.settings].map(leaves);
        for (const path of new Map([...(my ?? []), ...(their ?? [])]).keys()) {
          const [b, m, t, n] = [was, my, their, now].map(one => one?.get(path));
          const isContested = m !== b && t !== b && m !== t;
          expect([path, n]).toEqual([path, m === b || isContested ? t : m]);
          expect(merged.isContested || !isContested).toBe(true);
        }
      }),
    );
  });

  it('keep both people that two admins add at once, and lose the person that one of them removes', () => {
    const merged = mergedOwn(
      { standInOwners: ['1', '2'] },
      { standInOwners: ['1', '2', '3'] },
      { standInOwners: ['2', '4'] },
    );
    expect(merged).toEqual({ settings: { standInOwners: ['2', '4', '3'] }, isContested: false });
  });

  it('keep their value when both changed the same rule, and are contested', () => {
    expect(
      mergedOwn(
        { claims: { deals: 'ask', note: true } },
        { claims: { deals: 'never', note: false } },
        { claims: { deals: 'always', note: true } },
      ),
    ).toEqual({ settings: { claims: { deals: 'always', note: false } }, isContested: true });
  });
});

/** Each single setting that a person can change; members of a list count one by one. */
function leavesOf(value: unknown, path: string): readonly (readonly [string, string])[] {
  if (path === 'standInOwners/' && Array.isArray(value))
    return value.map(one => [`${path}${String(one)}`, 'in'] as const);
  if (path === '' || /^(claims|newcomers)\/$/.test(path))
    return Object.entries(Object(value)).flatMap(([name, one]) => leavesOf(one, `${path}${name}/`));
  return [[path, JSON.stringify(value)]];
}
