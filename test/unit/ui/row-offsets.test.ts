import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { offsetsOf, rowAt } from '../../../widget/ui/row-offsets.ts';

const lists = fc
  .array(fc.option(fc.integer({ min: 1, max: 200 }), { nil: undefined }), { minLength: 1, maxLength: 60 })
  .map(heights => ({
    keys: heights.map((_, at) => `${at}`),
    measured: new Map<string, number>(
      heights.flatMap((height, at) => (height === undefined ? [] : [[`${at}`, height] as const])),
    ),
  }));

describe('the offsets of rows', () => {
  it('start each row where the row before it ends', () => {
    fc.assert(
      fc.property(lists, ({ keys, measured }) => {
        const offsets = offsetsOf(keys, measured, 50);
        expect(offsets[0]).toBe(0);
        for (const [at, key] of keys.entries()) {
          expect((offsets[at + 1] ?? NaN) - (offsets[at] ?? NaN)).toBe(measured.get(key) ?? 50);
        }
      }),
    );
  });

  it('give the row that covers a place, or the nearest one outside of the list', () => {
    fc.assert(
      fc.property(lists, fc.integer({ min: -100, max: 20_000 }), ({ keys, measured }, place) => {
        const offsets = offsetsOf(keys, measured, 50);
        const covers = keys.findIndex(
          (_, at) => (offsets[at] ?? NaN) <= place && place < (offsets[at + 1] ?? NaN),
        );
        const nearest = place < 0 ? 0 : keys.length - 1;
        expect(rowAt(offsets, place)).toBe(covers < 0 ? nearest : covers);
      }),
    );
  });

  it('work for an empty list', () => {
    expect([...offsetsOf([], new Map(), 50)]).toEqual([0]);
    expect(rowAt(offsetsOf([], new Map(), 50), 10)).toBe(0);
  });
});
