/** The project's own lint rules, as its configuration sets them: each applies to its files and to no others. */
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../..', import.meta.url));

const BROKEN: Readonly<Record<string, readonly [code: string, sentence: string]>> = {
  'widget/app/card.tsx': ["document.addEventListener('scrollend', close);", 'lack the event "scrollend".'],
  'widget/seller/card/model/card.ts': ['export const at = URL.parse(location.href);', 'lack URL.parse.'],
  'widget/admin/roles/view/Row.tsx': [
    "export const Row = () => <div popover='' />;",
    'lack the attribute "popover".',
  ],
  'server/store/lanes.ts': [
    "export { lane } from '../claims/claim-lane.ts';",
    'Rooms import only from rooms below',
  ],
};
/** Files that run in Node, which need not suit browsers. */
const SOUND = ['widget/package/package.ts', 'server/gateway/handle.ts'];

let said = '';
beforeAll(() => {
  const house = mkdtempSync(join(tmpdir(), 'house-'));
  copyFileSync(join(root, '.oxlintrc.json'), join(house, '.oxlintrc.json'));
  symlinkSync(join(root, 'test'), join(house, 'test'));
  const write = (file: string, code: string): void => {
    mkdirSync(dirname(join(house, file)), { recursive: true });
    writeFileSync(join(house, file), `${code}\n`);
  };
  for (const [file, [code]] of Object.entries(BROKEN)) write(file, code);
  for (const file of SOUND) write(file, 'export const at = URL.parse(process.argv[2]);');
  const linter = join(root, 'node_modules/.bin/oxlint');
  said = spawnSync(linter, ['--format', 'unix', 'domain', 'widget', 'server'], {
    cwd: house,
    encoding: 'utf8',
  }).stdout;
  return () => rmSync(house, { recursive: true });
});

const linesAbout = (file: string): string =>
  said
    .split('\n')
    .filter(line => line.includes(file))
    .join('\n');

describe('the linter', () => {
  it.each(Object.entries(BROKEN))(
    'reports in %s what a rule of the project forbids',
    (file, [, sentence]) => {
      expect(linesAbout(file)).toContain(sentence);
    },
  );

  it.each(SOUND)('does not apply the browser rule to %s', file => {
    expect(linesAbout(file)).not.toContain('browsers(lacking)');
  });
});
