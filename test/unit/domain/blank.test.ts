import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isBlank } from '../../../domain/blank.ts';

/** The codes of characters that are drawn as nothing. */
const UNSEEN =
  '0009 000A 000D 0020 00A0 00AD 034F 061C 115F 1160 17B4 180B 180E 2000 2003 200B 200C 200D 200E 2028 202E 202F 205F 2060 2066 206F 2800 3000 3164 FE00 FE0F FEFF FFA0 E0020 E0100'.split(
    ' ',
  );

describe('a text', () => {
  it('without characters is blank', () => {
    expect(isBlank('')).toBe(true);
  });

  it.each(UNSEEN)('of U+%s alone is blank', code => {
    expect(isBlank(String.fromCodePoint(Number.parseInt(code, 16)))).toBe(true);
  });

  it('with a visible character is not blank, with any invisible ones around it', () => {
    const unseen = fc
      .array(fc.constantFrom(...UNSEEN))
      .map(codes => codes.map(code => String.fromCodePoint(Number.parseInt(code, 16))).join(''));
    fc.assert(
      fc.property(
        unseen,
        fc.constantFrom('A', 'ж', '1', '.', '名', '😀', '\uFFFD'),
        unseen,
        (left, seen, right) => {
          expect(isBlank(left)).toBe(true);
          expect(isBlank(left + seen + right)).toBe(false);
        },
      ),
    );
  });
});
