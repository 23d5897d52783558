import { describe, expect, it } from 'vitest';
import { lackingIn } from '../../support/old-browsers/in-sheet.ts';

const sentencesIn = (sheet: string): readonly string[] => lackingIn(sheet).map(({ sentence }) => sentence);
const EVERYWHERE = 'Chrome 109, Edge 109, Firefox 115, Safari 16.4 lack';

describe('a feature that supported browsers lack is found in a style sheet', () => {
  it.each([
    ['a { color: light-dark(red, blue); }', `${EVERYWHERE} light-dark.`],
    ['a { color: color-mix(in srgb, red, blue); }', 'Chrome 109, Edge 109 lack color-mix.'],
    ['a { --soft: var(--page, light-dark(red, blue)); }', `${EVERYWHERE} light-dark.`],
    ['a { --soft: red; --soft: color-mix(in srgb, red, blue); }', 'Chrome 109, Edge 109 lack color-mix.'],
    ['a { color: rgb(from red r g b); }', 'Chrome 109, Edge 109, Firefox 115 lack from.'],
    ['a:has(b) { color: red; }', 'Firefox 115 lacks :has.'],
    ['a { b { color: red; } }', `${EVERYWHERE} nesting.`],
    ['a { grid-template-rows: subgrid; }', 'Chrome 109, Edge 109 lack subgrid.'],
    ['a { text-wrap: balance; }', `${EVERYWHERE} text-wrap.`],
    ['a { transition-timing-function: linear(0, 1); }', 'Chrome 109, Edge 109, Safari 16.4 lack linear.'],
    ['a { inline-size: 2rlh; }', 'Chrome 109, Edge 109, Firefox 115 lack rlh.'],
    ["a::before { content: 'x' / ''; }", 'Firefox 115, Safari 16.4 lack alternative text of content.'],
    ['dialog::backdrop { background: var(--shade); }', `${EVERYWHERE} var() in ::backdrop.`],
    ['@starting-style { a { opacity: 0; } }', `${EVERYWHERE} @starting-style.`],
    ['@media (scripting: none) { a { color: red; } }', 'Chrome 109, Edge 109, Safari 16.4 lack scripting.'],
    ['@container style(--a: b) { a { color: red; } }', `${EVERYWHERE} style().`],
    [':popover-open { color: red; }', `${EVERYWHERE} :popover-open.`],
    ['@supports (color: red) { a:has(b) { color: red; } }', 'Firefox 115 lacks :has.'],
  ])('%s', (sheet, sentence) => {
    expect(sentencesIn(sheet)).toContain(sentence);
  });

  it('with its line', () => {
    expect(lackingIn('a {\n  color: red;\n}\nb:has(a) {\n  color: red;\n}')).toEqual([
      { line: 4, sentence: 'Firefox 115 lacks :has.' },
    ]);
  });

  it.each([
    [
      'features that all of them have',
      'a:is(b, c):not(d, e) { inset: 0; rotate: 1turn; block-size: 1dvh; color: rgb(0 0 0 / 5%); }',
    ],
    ['container queries', '@container (inline-size < 40em) { a { inline-size: 5cqi; } }'],
    ['an earlier declaration that they understand', 'a { color: red; color: light-dark(red, blue); }'],
    [
      '`@supports`',
      '@supports (color: color-mix(in srgb, red, red)) { a { --b: color-mix(in srgb, red, blue); } }',
    ],
    ['a backdrop colour without a variable', 'dialog::backdrop { background: red; }'],
    ['a feature that only saves time', 'a { content-visibility: auto; contain-intrinsic-size: auto 6em; }'],
    ['a word in a text', "a::after { content: 'subgrid light-dark(1)'; }"],
  ])('but not in the case of %s', (_, sheet) => {
    expect(sentencesIn(sheet)).toEqual([]);
  });
});
