import fc from 'fast-check';
import { parse, safeParse } from 'valibot';
import { describe, expect, it } from 'vitest';
import { amount, flag, id, words } from '../../../widget/http/fields.ts';
import { envelope, listed } from '../../../widget/http/listed.ts';
import { object } from '../../../widget/http/object.ts';

const list = listed(object({ id, name: words }));
const good = fc.record({ id: fc.oneof(fc.nat(), fc.string({ minLength: 1 })), name: fc.string() });
const odd = fc.oneof(
  fc.constantFrom<unknown>(null, false, 7, 'text', [], {}),
  fc.record({ id: fc.constantFrom<unknown>(null, '', Number.NaN, 1.5, {}, []), name: fc.string() }),
);

describe('a list', () => {
  it('with odd records yields exactly the good ones, and counts those it left out', () => {
    const mixed = fc.array(
      fc.oneof(
        good,
        odd.map(one => ({ odd: one })),
      ),
    );
    fc.assert(
      fc.property(mixed, all => {
        const answer = all.map(one => ('odd' in one ? one.odd : one));
        const others = all.filter(one => !('odd' in one));
        expect(parse(list, answer)).toEqual({
          items: others.map(one => ({ ...one, id: String(Reflect.get(one, 'id')) })),
          notUnderstood: all.length - others.length,
        });
      }),
    );
  });

  it.each([undefined, null, []])('%j is empty', answer => {
    expect(parse(list, answer)).toEqual({ items: [], notUnderstood: 0 });
  });

  it('with gaps, which comes as an object, is read as a list', () => {
    const answer = { 0: { id: 1, name: 'Anna' }, 7: { id: 2, name: 'Boris' } };
    expect(parse(list, answer).items.map(one => one.id)).toEqual(['1', '2']);
  });

  it.each(['<html>', 7, true])('cannot be read from %j', answer => {
    expect(safeParse(list, answer).success).toBe(false);
  });
});

describe('an envelope', () => {
  const letter = envelope({ data: listed(id), count: amount });

  it.each([null, undefined, {}, [], { data: null }, { count: 0 }])('%j is empty', answer => {
    expect(parse(letter, answer).data).toEqual({ items: [], notUnderstood: 0 });
  });

  it.each([{ error: 'Sign in' }, { unexpected: ['shape'] }, 'text', 7, [1]])(
    '%j is refused, not read as empty',
    answer => {
      expect(safeParse(letter, answer).success).toBe(false);
    },
  );
});

describe('a field', () => {
  const record = object({ words, flag, amount });

  it.each([
    [{}, { words: '', flag: null, amount: null }],
    [
      { words: null, flag: 'maybe', amount: 'many' },
      { words: '', flag: null, amount: null },
    ],
    [
      { words: 7, flag: 'Y', amount: '12' },
      { words: '7', flag: true, amount: 12 },
    ],
    [
      { words: {}, flag: 0, amount: -1 },
      { words: '', flag: false, amount: null },
    ],
    [
      { words: 'Anna', flag: false, amount: '' },
      { words: 'Anna', flag: false, amount: null },
    ],
  ])('of the record %j is read if it makes sense', (answer, understood) => {
    expect(parse(record, answer)).toEqual(understood);
  });
});
