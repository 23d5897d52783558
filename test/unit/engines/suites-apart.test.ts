/** The linter keeps suites apart, in whatever way one imports from another. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const SENTENCE = 'Suites stand apart: what two of them need belongs in test/support/.';

const REFUSED: Readonly<Record<string, string>> = {
  'test/bench/card.ts': "import { thing } from '../stories/office.ts';\nexport const other = thing;",
  'test/unit/server/claims/judge.test.ts': "export { thing } from '../../../server/office.ts';",
  'test/component/claim/Card.test.tsx': "export * from '../../browser/faults/office.ts';",
  'test/stories/soak.test.ts': "export const later = () => import('../soak/office-day.ts');",
};
const ALLOWED: Readonly<Record<string, string>> = {
  'test/unit/server/gateway/rights.test.ts': "export { thing } from '../claims/random.ts';",
  'test/server/lanes.test.ts': "export { thing } from '../../server/store/lanes.ts';",
  'test/bench/dialog.ts': "export { thing } from '../support/crm-steps.ts';",
  'test/soak/states.test.ts': "export { thing } from '../gallery/gallery-page.ts';",
  'test/sandbox/sandbox.ts': "export { thing } from '../world/world.ts';",
};

let said = '';
beforeAll(() => {
  const house = mkdtempSync(join(tmpdir(), 'suites-'));
  const config = {
    jsPlugins: [join(root, 'test/support/suites-apart.mjs')],
    rules: { 'suites/apart': 'error' },
  };
  writeFileSync(join(house, '.oxlintrc.json'), JSON.stringify(config));
  for (const [file, code] of Object.entries({ ...REFUSED, ...ALLOWED })) {
    mkdirSync(dirname(join(house, file)), { recursive: true });
    writeFileSync(join(house, file), `${code}\n`);
  }
  const linter = join(root, 'node_modules/.bin/oxlint');
  said = spawnSync(linter, ['--format', 'unix', '.'], { cwd: house, encoding: 'utf8' }).stdout;
  return () => rmSync(house, { recursive: true });
});

const linesAbout = (file: string): readonly string[] =>
  said.split('\n').filter(line => line.startsWith(file));

describe('the linter', () => {
  it.each(Object.keys(REFUSED))('refuses in %s what belongs to another suite', file => {
    expect(linesAbout(file)).toEqual([expect.stringContaining(SENTENCE)]);
  });

  it.each(Object.keys(ALLOWED))('lets %s import from its own suite, the stage and the product', file => {
    expect(linesAbout(file)).toEqual([]);
  });
});
