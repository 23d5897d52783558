import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { htmlOf, textIn } from '../../../../../server/crm/pipedrive/html.ts';

describe('a note’s HTML', () => {
  it.each([
    ['<p>Taken <b>over</b></p><p>Thanks</p>', 'Taken over\nThanks\n'],
    ['Anna &amp; Boris&nbsp;&lt;3 &#39;&#x41;&#8212;', "Anna & Boris <3 'A—"],
    ['A<br/>B<br>C', 'A\nB\nC'],
    ['5 &unknown; &#0; &#99999999;', '5 &unknown; &#0; &#99999999;'],
  ])('%s is read as %j', (html, text) => {
    expect(textIn(html)).toBe(text);
  });

  it('never turns a text into markup, and is read as it was written', () => {
    const text = fc.string({ unit: 'grapheme' }).map(one => one.replaceAll('\r', ''));
    fc.assert(
      fc.property(
        fc.oneof(text, fc.constantFrom('<b>', '&lt;', '<script>alert(1)</script>', '&amp;lt;')),
        one => {
          expect(htmlOf(one).replaceAll('<br>', '')).not.toMatch(/[<>]/);
          expect(textIn(htmlOf(one))).toBe(one);
        },
      ),
    );
  });
});
