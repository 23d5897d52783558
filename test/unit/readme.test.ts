import { existsSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };

const readme = readFileSync('README.md', 'utf8');

it.each(['first', 'first-chat'])('quotes the test %s as it runs', name => {
  expect(readme).toContain(readFileSync(`test/unit/${name}.test.ts`, 'utf8').trim());
});

it('names only commands that exist', () => {
  const named = [...readme.matchAll(/npm run (?<script>\w+)/g)].flatMap(
    ({ groups }) => groups?.['script'] ?? [],
  );
  expect(named.filter(script => !(script in packageJson.scripts))).toEqual([]);
});

it('links only to places that exist', () => {
  const linked = [...readme.matchAll(/\]\((?<path>[^)#:]+)\)/g)].flatMap(
    ({ groups }) => groups?.['path'] ?? [],
  );
  expect(linked.filter(path => !existsSync(path))).toEqual([]);
});

it('tells which variables the gateway needs', () => {
  for (const name of ['CRM_ORIGIN', 'INTEGRATION_ID', 'INTEGRATION_SECRET', 'GATEWAY_ORIGIN', 'WAZZUP_KEY']) {
    expect(readme).toContain(`export ${name}=`);
  }
});
