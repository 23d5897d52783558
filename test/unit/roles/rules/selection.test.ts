import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  areAllTicked,
  NOBODY,
  withFound,
  withOne,
  withRangeTo,
  withStep,
  type Selection,
} from '../../../../widget/roles/rules/selection.ts';

const ALL = Array.from({ length: 12 }, (_, at) => `${at}`);
const found = fc.subarray(ALL);
const ids = fc.constantFrom(...ALL);
const selections: fc.Arbitrary<Selection> = fc
  .array(fc.tuple(ids, fc.boolean()), { maxLength: 8 })
  .map(ticks => ticks.reduce((now, [id, isTicked]) => withOne(now, id, isTicked), NOBODY));
const ticked = ({ ids }: Selection): readonly string[] => ALL.filter(id => ids.has(id));

describe('ticking one', () => {
  it('changes nobody else', () => {
    fc.assert(
      fc.property(selections, ids, fc.boolean(), (selection, id, isTicked) => {
        const next = withOne(selection, id, isTicked);
        expect(next.ids.has(id)).toBe(isTicked);
        expect(ticked(next).filter(one => one !== id)).toEqual(ticked(selection).filter(one => one !== id));
      }),
    );
  });
});

describe('a range', () => {
  it('ticks all that is found between its ends and nothing that is not found', () => {
    fc.assert(
      fc.property(selections, found, ids, ids, (selection, list, from, to) => {
        fc.pre(list.includes(from) && list.includes(to));
        const start = withOne(selection, from, true);
        const next = withRangeTo(start, list, to);
        const [low, high] = [list.indexOf(from), list.indexOf(to)].toSorted((one, other) => one - other);
        const between = list.slice(low, (high ?? 0) + 1);
        expect(new Set(next.ids)).toEqual(new Set([...start.ids, ...between]));
      }),
    );
  });

  it('ticks its end alone when its start is not found', () => {
    const start = withOne(NOBODY, '1', true);
    expect(ticked(withRangeTo(start, ['5', '6', '7'], '6'))).toEqual(['1', '6']);
  });

  it('drawn on and back again leaves what it began with, and its start', () => {
    fc.assert(
      fc.property(selections, fc.nat(11), fc.nat(11), (selection, from, to) => {
        const way = from <= to ? ALL.slice(from, to + 1) : ALL.slice(to, from + 1).toReversed();
        const steps = [...way, ...way.toReversed().slice(1)];
        let now = selection;
        for (const [at, id] of steps.entries()) {
          const before = steps[at - 1];
          if (before !== undefined) now = withStep(now, ALL, { from: before, to: id });
        }
        const left = steps.length > 1 ? [...selection.ids, ...way.slice(0, 1)] : [...selection.ids];
        expect(new Set(now.ids)).toEqual(new Set(left));
      }),
    );
  });
});

describe('ticking all that is found', () => {
  it('keeps the ticks of people who are not shown, and takes its own back when pressed again', () => {
    fc.assert(
      fc.property(selections, found, (selection, list) => {
        fc.pre(list.length > 0 && !areAllTicked(selection.ids, list));
        const all = withFound(selection, list);
        expect(areAllTicked(all.ids, list)).toBe(true);
        const hidden = ticked(selection).filter(id => !list.includes(id));
        expect(ticked(all).filter(id => !list.includes(id))).toEqual(hidden);
        expect(ticked(withFound(all, list))).toEqual(hidden);
      }),
    );
  });
});
