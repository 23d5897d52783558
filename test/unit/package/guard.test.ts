/** Which browsers get the widget, and that those which do not can read why. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { transformWithOxc } from 'vite';
import { describe, expect, inject, it } from 'vitest';
import { QUESTIONS } from '../../../widget/package/guard.ts';
import { compat, lackedBy, OLDEST } from '../../support/old-browsers/compat.mjs';

const { api } = compat;
const ASKED_FOR = {
  MathMLElement: api['MathMLElement'],
  replaceSync: api['CSSStyleSheet']?.['replaceSync'],
  canParse: api['URL']?.['canParse_static'],
};

describe('what script.js asks a browser for', () => {
  it.each([
    ['MathMLElement', 'chrome'],
    ['MathMLElement', 'edge'],
    ['replaceSync', 'safari'],
    ['canParse', 'firefox'],
  ] as const)('%s came with the oldest supported %s', (name, browser) => {
    expect(QUESTIONS.filter(question => question.includes(name))).toHaveLength(1);
    const support = [ASKED_FOR[name]?.__compat?.support[browser] ?? []].flat();
    expect(support.map(one => one.version_added)).toContain(OLDEST.get(browser));
  });

  it.each(['MathMLElement', 'replaceSync'] as const)('%s is in every supported browser', name => {
    const known = ASKED_FOR[name]?.__compat;
    expect(known && lackedBy(known)).toEqual([]);
  });
});

describe('what a browser loads that is too old', () => {
  const folder = inject('packageFolder');
  const files = readdirSync(folder).filter(name => /^(?:script|old-browser-.*)\.js$/.test(name));

  it.each(files)('%s is written in the language of 2018', async name => {
    const written = (target: string): Promise<string> =>
      transformWithOxc(readFileSync(join(folder, name), 'utf8'), name, { target }).then(({ code }) => code);
    expect(files).toHaveLength(2);
    expect(await written('es2018')).toBe(await written('esnext'));
  });
});
