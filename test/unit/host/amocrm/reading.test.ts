import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { unescaped } from '../../../../widget/host/amocrm/reading.ts';
import { escapeHtml } from '../../../sandbox/escape.ts';

describe('a name from the CRM’s page', () => {
  it('is always what it was before the CRM escaped it', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'binary-ascii' })), name => {
        expect(unescaped(escapeHtml(name))).toBe(name);
      }),
    );
  });

  it.each([
    ['&amp;lt;b&amp;gt;', '&lt;b&gt;'],
    ['it&#039;s &#x27;so&#x27;', "it's 'so'"],
    ['R&D &copy; &nbsp;', 'R&D &copy; &nbsp;'],
    ['&#99999999; &#xFFFFFFF;', '&#99999999; &#xFFFFFFF;'],
    ['&constructor; &__proto__;', '&constructor; &__proto__;'],
    ['  led by blanks', '  led by blanks'],
  ])('is unescaped only once: %s', (escaped, name) => {
    expect(unescaped(escaped)).toBe(name);
  });

  it.each([null, undefined, {}, [], true])('is empty if there is none: %j', value => {
    expect(unescaped(value)).toBe('');
  });
});
