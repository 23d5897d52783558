import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  areAllTicked,
  NOBODY,
  withFound,
  withOne,
  type Ticked,
} from '../../../../../widget/admin/roles/rules/selection.ts';

const ALL = Array.from({ length: 12 }, (_, at) => `${at}`);
const found = fc.subarray(ALL);
const ids = fc.constantFrom(...ALL);
const selections: fc.Arbitrary<Ticked> = fc
  .array(fc.tuple(ids, fc.boolean()), { maxLength: 8 })
  .map(ticks => ticks.reduce((now, [id, isTicked]) => withOne(now, id, isTicked), NOBODY));
const ticked = (now: Ticked): readonly string[] => ALL.filter(id => now.has(id));

describe('ticking one person', () => {
  it('leaves the ticks of others alone', () => {
    fc.assert(
      fc.property(selections, ids, fc.boolean(), (selection, id, isTicked) => {
        const next = withOne(selection, id, isTicked);
        expect(next.has(id)).toBe(isTicked);
        expect(ticked(next).filter(one => one !== id)).toEqual(ticked(selection).filter(one => one !== id));
      }),
    );
  });
});

describe('ticking everybody who is found', () => {
  it('keeps the ticks of people who are not shown, and is undone when pressed again', () => {
    fc.assert(
      fc.property(selections, found, (selection, list) => {
        fc.pre(list.length > 0 && !areAllTicked(selection, list));
        const all = withFound(selection, list);
        expect(areAllTicked(all, list)).toBe(true);
        const hidden = ticked(selection).filter(id => !list.includes(id));
        expect(ticked(all).filter(id => !list.includes(id))).toEqual(hidden);
        expect(ticked(withFound(all, list))).toEqual(hidden);
      }),
    );
  });
});
