/** What we ask of the archive ourselves. The marketplaces' rules are in moderation.test.ts. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { beforeAll, describe, expect, inject, it } from 'vitest';

let files: Map<string, string>;
beforeAll(() => {
  const bytes = unzipSync(readFileSync(join(inject('packageFolder'), 'widget.zip')));
  files = new Map(Object.entries(bytes).map(([name, content]) => [name, strFromU8(content)]));
});

const isVendor = (name: string): boolean => name.startsWith('vendor-');
const ownScripts = (): [string, string][] =>
  [...files].filter(([name]) => name.endsWith('.js') && !isVendor(name));
const vendorScripts = (): [string, string][] => [...files].filter(([name]) => isVendor(name));

describe('the package', () => {
  it('leaves our own code readable: every name whole, a statement a line', () => {
    const code = ownScripts()
      .map(([, text]) => text)
      .join('\n');
    for (const name of [
      'function createCardModel(',
      'function createClaiming(',
      'function saveRoles(',
      'function CrmChatRoles(',
    ]) {
      expect(code).toContain(name);
    }
    const lines = code.split('\n');
    expect(lines.filter(line => /^(const|return|if|case) ?.*; ?(const|return|if|case)\b/.test(line))).toEqual(
      [],
    );
  });

  it('is built for production, without traces of the machine that built it', () => {
    for (const [name, code] of ownScripts()) {
      expect({ name, found: /jsxDEV|_jsxFileName|node_modules/.exec(code)?.[0] }).toEqual({
        name,
        found: undefined,
      });
    }
  });

  it.each([
    ['preact', /__H\b/],
    ['axios', /transformRequest/],
    ['i18next', /languageChanged/],
    ['valibot', /safeParse|ValiError|~standard/],
  ])('ships one copy of %s', (_, trace) => {
    expect(vendorScripts().filter(([, code]) => trace.test(code))).toHaveLength(1);
    expect(
      ownScripts().filter(([, code]) => trace.test(code) && !code.includes('require("./vendor-')),
    ).toEqual([]);
  });

  it('keeps keys and the gateway out', () => {
    for (const [name, code] of ownScripts()) {
      expect({ name, found: /Bearer |api\.wazzup24|tech\.wazzup24|HS256/.exec(code)?.[0] }).toEqual({
        name,
        found: undefined,
      });
    }
  });
});
