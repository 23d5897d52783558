/**
 * Every supported browser can run what is built: the package with its libraries, and the pages of the emulated CRM, which the
 * stories of `npm run browsers` use.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, inject, it } from 'vitest';
import { readScript } from '../../support/old-browsers/in-built.ts';
import { lackingIn } from '../../support/old-browsers/in-sheet.ts';
import { allPageFiles } from '../../sandbox/page-files.ts';

/** Places in libraries that were checked by hand and do no harm in a browser that lacks the feature. */
const READ: Readonly<Record<string, readonly string[]>> = {
  // axios keeps it in a variable and checks whether it exists.
  'vendor-http': Array(2).fill('Firefox 115, Safari 16.4 lack window.cookieStore.'),
  // An effect of signals gets a method of this name, which is never called where the symbol does not exist.
  'vendor-ui': ['Chrome 109, Edge 109, Firefox 115, Safari 16.4 lack Symbol.dispose.'],
};

describe('every supported browser', { timeout: 60_000 }, () => {
  const folder = inject('packageFolder');
  const scripts = readdirSync(folder).filter(name => name.endsWith('.js'));

  it.each(scripts)('has what %s needs', name => {
    const { lacking } = readScript(readFileSync(join(folder, name), 'utf8'));
    expect(lacking).toEqual(READ[name.replace(/-[^-]*$/, '')] ?? []);
  });

  it('is checked for all style sheets in the scripts', () => {
    const sheets = scripts.flatMap(name => readScript(readFileSync(join(folder, name), 'utf8')).sheets);
    const written = readdirSync('widget', { recursive: true, encoding: 'utf8' }).filter(
      // Frames have sheets of their own.
      name => name.endsWith('.css') && !/^package|^framed|tokens|tones/.test(name),
    );
    expect(sheets).toHaveLength(written.length);
  });

  it('has what the pages of the emulated CRM need', async () => {
    // The CRM's own libraries are as old as the CRM, so they are left out.
    const own = (await allPageFiles()).filter(([name]) => !/^(?:vendor|hostile)\//.test(name));
    const found = own.flatMap(([name, content]) => {
      const text = String(content);
      const sentences = name.endsWith('.css')
        ? lackingIn(text).map(one => one.sentence)
        : readScript(text).lacking;
      return sentences.map(sentence => `${name}: ${sentence}`);
    });
    expect(own.length).toBeGreaterThan(5);
    expect(found).toEqual([]);
  });
});
