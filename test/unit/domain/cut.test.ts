import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cut, cutAddress, wellFormed } from '../../../domain/cut.ts';

const FAMILY = '👨‍👩‍👧‍👦';
const WAVING = '👋🏽';
const FLAG = '🇰🇿';
const SCOTLAND = '🏴󠁧󠁢󠁳󠁣󠁴󠁿';
const ACCENTED = 'e\u0301';
const HEART = '❤️';
const KEYCAP = '1️⃣';
const CHARACTERS = [FAMILY, WAVING, FLAG, SCOTLAND, ACCENTED, HEART, KEYCAP, '😀', '\r\n', 'я'];

const isWellFormed = (text: string): boolean => !/\p{Surrogate}/u.test(text);
/** Parts of it may be half of a surrogate pair. */
const anyText = fc.string({
  unit: fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.integer({ min: 0, max: 0xffff }).map(code => String.fromCharCode(code)),
  ),
});

const { Segmenter } = Intl;
describe.each([
  ['with a segmenter', true],
  ['without a segmenter', false],
])('a cut text, in a browser %s', (_which, has) => {
  beforeEach(() => {
    if (!has) Reflect.deleteProperty(Intl, 'Segmenter');
  });
  afterEach(() => {
    Object.defineProperty(Intl, 'Segmenter', { value: Segmenter, configurable: true, writable: true });
  });

  it.each(CHARACTERS)('keeps a character whole or leaves it out: %j', character => {
    for (let most = 3; most < 3 + character.length; most += 1)
      expect(cut(`abc${character}d`, most)).toBe('abc');
    expect(cut(`abc${character}d`, 3 + character.length)).toBe(`abc${character}`);
  });

  it('is within the limit, well-formed, and the beginning of the text', () => {
    fc.assert(
      fc.property(anyText, fc.nat({ max: 12 }), (text, most) => {
        const short = cut(text, most);
        expect(short.length).toBeLessThanOrEqual(most);
        expect(isWellFormed(short)).toBe(true);
        expect(wellFormed(text).startsWith(short)).toBe(true);
      }),
    );
  });

  it('that fits stays unchanged', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), text => {
        expect(cut(text, text.length)).toBe(text);
      }),
    );
  });

  it('is not emptied by one character that is longer than the limit', () => {
    expect(cut(`Z${'\u0301'.repeat(300)}`, 150)).toHaveLength(150);
  });
});

describe('a text with half of a surrogate pair', () => {
  it.each([
    ['\uD83D', '\uFFFD'],
    ['a\uDE00b', 'a\uFFFDb'],
    ['\uDE00\uD83D', '\uFFFD\uFFFD'],
    ['😀', '😀'],
  ])('is made well-formed: %j', (text, made) => {
    expect(wellFormed(text)).toBe(made);
  });
});

describe('a cut address', () => {
  const address = `https://crm.example.com/${encodeURIComponent('Имя 😀 клиента')}`;

  it('never ends inside an escape', () => {
    for (let most = 25; most < address.length; most += 1) {
      const short = cutAddress(address, most);
      expect(short.length).toBeLessThanOrEqual(most);
      expect(address.startsWith(decodeURI(short) && short)).toBe(true);
    }
  });

  it('that cannot be decoded is cut all the same', () => {
    expect(cutAddress(`https://crm.example.com/${'%FF'.repeat(100)}`, 200).length).toBeGreaterThan(180);
  });

  it('that fits stays unchanged', () => {
    expect(cutAddress(address, address.length)).toBe(address);
  });
});
