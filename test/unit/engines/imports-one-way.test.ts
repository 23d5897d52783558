/** The linter keeps test suites apart and the server's folders in order, for each kind of import. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const APART = 'Suites must not import each other: move what both need to test/support/.';
const IN_ORDER =
  'Rooms import only from rooms below: move what both need below both. From the bottom up: http, ';

/** File → its code, and the linter's message. */
const REFUSED: Readonly<Record<string, readonly [code: string, sentence: string]>> = {
  'test/bench/card.ts': ["import { thing } from '../stories/office.ts';\nexport const other = thing;", APART],
  'test/unit/server/claims/judge.test.ts': ["export { thing } from '../../../server/office.ts';", APART],
  'test/component/claim/Card.test.tsx': ["export * from '../../browser/faults/office.ts';", APART],
  'test/stories/soak.test.ts': ["export const later = () => import('../soak/office-day.ts');", APART],
  'server/claims/look.ts': [
    "import type { Followed } from '../follow/client.ts';\nexport type Seen = Followed;",
    IN_ORDER,
  ],
  'server/store/lanes.ts': ["export { thing } from '../claims/claim-lane.ts';", IN_ORDER],
  'server/caller.ts': ["export const later = () => import('./app.ts');", IN_ORDER],
  'server/attic/thing.ts': [
    "export { thing } from '../http/body.ts';",
    'server/attic is not in the list of rooms',
  ],
};
const ALLOWED: Readonly<Record<string, string>> = {
  'test/unit/server/gateway/rights.test.ts': "export { thing } from '../claims/random.ts';",
  'test/server/lanes.test.ts': "export { thing } from '../../server/store/lanes.ts';",
  'test/bench/dialog.ts': "export { thing } from '../support/crm-steps.ts';",
  'test/soak/states.test.ts': "export { thing } from '../gallery/gallery-page.ts';",
  'test/sandbox/sandbox.ts': "export { thing } from '../world/world.ts';",
  'server/follow/follower.ts':
    "export { thing } from '../claims/claim-lane.ts';\nexport { other } from '../../domain/role.ts';",
  'server/claims/judge.ts': "export { thing } from './log.ts';",
};

let said = '';
beforeAll(() => {
  const house = mkdtempSync(join(tmpdir(), 'imports-'));
  const config = {
    jsPlugins: [join(root, 'test/support/imports-one-way.mjs')],
    rules: { 'imports/suites-apart': 'error', 'imports/rooms-in-order': 'error' },
  };
  writeFileSync(join(house, '.oxlintrc.json'), JSON.stringify(config));
  const refused = Object.entries(REFUSED).map(([file, [code]]) => [file, code] as const);
  for (const [file, code] of [...refused, ...Object.entries(ALLOWED)]) {
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
  it.each(Object.entries(REFUSED))('refuses the import in %s', (file, [, sentence]) => {
    expect(linesAbout(file)).toEqual([expect.stringContaining(sentence)]);
  });

  it.each(Object.keys(ALLOWED))(
    'lets %s import from its own folder, the stage and folders below it',
    file => {
      expect(linesAbout(file)).toEqual([]);
    },
  );
});
