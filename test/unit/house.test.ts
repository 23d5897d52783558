/** The architecture fixes the direction of imports. Each folder here breaks a rule of it, and the linter says which. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));

type Import = readonly [file: string, imported: string];

const REFUSED: readonly (readonly [...Import, sentence: string])[] = [
  ['domain/role.ts', '../widget/http/failure.ts', 'domain/ holds pure nouns and rules'],
  ['domain/role.ts', 'preact', 'domain/ holds pure nouns and rules'],
  ['widget/host/host.ts', './amocrm/page.ts', 'A seam is written in the words of domain/ alone'],
  ['widget/chat/chat.ts', '../host/host.ts', 'A seam is written in the words of domain/ alone'],
  ['widget/host/amocrm/page.ts', '../../seller/card/part.tsx', 'screens and models come after it'],
  ['widget/host/amocrm/page.ts', '../../chat/wazzup/chat.ts', 'screens and models come after it'],
  ['widget/chat/wazzup/chat.ts', 'axios', 'screens and models come after it'],
  ['widget/http/client.ts', '../../domain/role.ts', 'it knows nobody'],
  ['widget/ui/Button.tsx', '../../domain/role.ts', 'a kit without words of the domain'],
  ['widget/seller/card/model/card.ts', '../../../host/amocrm/records.ts', 'never an adapter'],
  ['widget/admin/panel/model.ts', 'i18next', 'never an adapter'],
  ['widget/admin/roles/rules/merge.ts', '../model/saving.ts', 'Rules are pure'],
  ['widget/admin/roles/rules/merge.ts', '@preact/signals', 'Rules are pure'],
  ['widget/seller/claim/writing.ts', '../card/model/card.ts', 'free of any screen'],
  ['widget/seller/colleagues/ask.ts', '../card/view/Panel.tsx', 'free of any screen'],
  ['widget/seller/card/model/card.ts', '../view/Panel.tsx', 'knows none of them'],
  ['widget/admin/roles/model/saving.ts', 'preact/hooks', 'knows none of them'],
  ['widget/admin/roles/rules/merge.ts', '../../../host/amocrm/people.ts', 'never an adapter'],
  ['widget/amocrm.ts', 'axios', 'Only http/ knows axios'],
  ['widget/app/card.tsx', '../host/amocrm/slots.ts', 'The composition root takes a HostKit'],
  ['widget/words/named.ts', '../seller/card/part.tsx', 'What every surface shares'],
  ['widget/admin/panel/model.ts', '../../seller/card/part.tsx', 'load apart'],
  ['widget/seller/card/part.tsx', '../../admin/panel/model.ts', 'load apart'],
  ['widget/admin/trial/model.ts', '../panel/model.ts', 'no dialog knows the panel'],
  ['widget/amocrm.ts', '../test/world/world.ts', 'nothing in widget/ knows the stage'],
  ['server/gateway/handle.ts', '../../widget/chat/chat.ts', 'The server is deployed alone'],
  ['widget/host/host.ts', '../../test/world/world.ts', 'A seam is written in the words of domain/ alone'],
  ['widget/account/account.ts', '../../test/world/world.ts', 'What every surface shares'],
  ['widget/package/build.ts', '../../test/run/browser.ts', 'know nothing of the stage'],
  ['widget/package/run/load.mjs', '../../../server/node/build.ts', 'know nothing of the stage'],
  ['server/node/pack.ts', '../../test/run/browser.ts', 'The server is deployed alone'],
  ['server/app.ts', '../test/world/world.ts', 'The server is deployed alone'],
  ['server/claims/claims.ts', '../crm/amocrm/owners.ts', 'A room of the server knows the seam'],
  ['server/accounts/arrival.ts', '../crm/amocrm/oauth.ts', 'A room of the server knows the seam'],
  ['server/outgoing.ts', './crm/amocrm/host.ts', 'A room of the server knows the seam'],
  ['server/crm/owners.ts', './amocrm/owners.ts', 'The seam is types and failures'],
  ['server/crm/owners.ts', '../http/fetch.ts', 'The seam is types and failures'],
  ['server/crm/owners.ts', 'valibot', 'The seam is types and failures'],
];

const ALLOWED: readonly Import[] = [
  ['domain/assignment.ts', './role.ts'],
  ['widget/host/host.ts', '../../domain/employee.ts'],
  ['widget/seller/card/model/card.ts', '../../../host/host.ts'],
  ['widget/http/client.ts', 'axios'],
  ['widget/amocrm.ts', './host/amocrm/slots.ts'],
  ['server/gateway/handle.ts', '../../domain/role.ts'],
  ['server/claims/claims.ts', '../crm/owners.ts'],
  ['server/app.ts', './crm/amocrm/kit.ts'],
  ['server/node/serve.ts', '../crm/amocrm/host.ts'],
  ['server/crm/amocrm/owners.ts', '../owners.ts'],
  ['server/crm/kit.ts', '../caller.ts'],
];

/** Two files that import types from each other. */
const CIRCLE: readonly Import[] = [
  ['server/gateway/one.ts', './other.ts'],
  ['server/gateway/other.ts', './one.ts'],
];

type Complaint = {
  readonly code: string;
  /** Our own sentence. */
  readonly help: string;
  readonly filename: string;
  readonly labels: readonly { readonly span: { readonly line: number } }[];
};

/** Path → its imports, one a line. All are linted in one run, because each run takes half a second. */
const written = new Map<string, string[]>();
let complaints: readonly Complaint[] = [];
beforeAll(() => {
  const house = mkdtempSync(join(tmpdir(), 'house-'));
  // Rules of our own in JavaScript cost each run of the linter half a second: test/unit/engines/ has their tests.
  const { jsPlugins: _, overrides, ...rest } = JSON.parse(readFileSync(join(root, '.oxlintrc.json'), 'utf8'));
  const isOwn = ([rule]: readonly [string, unknown]): boolean => /^(browsers|imports)\//.test(rule);
  const builtIn = overrides.map(({ files, rules }: { files: readonly string[]; rules: object }) => ({
    files,
    rules: Object.fromEntries(Object.entries(rules).filter(one => !isOwn(one))),
  }));
  writeFileSync(join(house, '.oxlintrc.json'), JSON.stringify({ ...rest, overrides: builtIn }));
  for (const [file, imported] of [...REFUSED, ...ALLOWED])
    written.set(file, [...(written.get(file) ?? []), imported]);
  for (const [file, imports] of written) {
    mkdirSync(dirname(join(house, file)), { recursive: true });
    const lines = imports.map((imported, at) => `export { thing as thing${at} } from '${imported}';\n`);
    writeFileSync(join(house, file), lines.join(''));
  }
  for (const [file, other] of CIRCLE)
    writeFileSync(join(house, file), `import type { Thing } from '${other}';\nexport type Other = Thing;\n`);
  const linter = join(root, 'node_modules/.bin/oxlint');
  const { stdout } = spawnSync(linter, ['--format', 'json', '.'], { cwd: house, encoding: 'utf8' });
  complaints = JSON.parse(stdout).diagnostics;
  return () => rmSync(house, { recursive: true });
});

/** The linter's messages about this import in this file. */
function saidOf(file: string, imported: string): readonly string[] {
  const line = (written.get(file) ?? []).indexOf(imported) + 1;
  return complaints
    .filter(one => one.code.includes('no-restricted-imports') && one.filename === file)
    .filter(({ labels }) => labels.some(({ span }) => span.line === line))
    .map(({ help }) => help);
}

describe('the import rules', () => {
  it.each(REFUSED)('%s may not import %s', (file, imported, sentence) => {
    expect(saidOf(file, imported)).toEqual([expect.stringContaining(sentence)]);
  });

  it.each(ALLOWED)('%s may import %s', (file, imported) => {
    expect(saidOf(file, imported)).toEqual([]);
  });
  it.each(CIRCLE)('find %s in a cycle with %s, even if both import only types', file => {
    const codes = complaints.filter(one => one.filename === file).map(({ code }) => code);
    expect(codes).toContainEqual(expect.stringContaining('no-cycle'));
  });
});
