/** The direction of imports is a promise of the house. Here somebody breaks it in each room, and the linter says why not. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
let house = '';
beforeAll(() => {
  house = mkdtempSync(join(tmpdir(), 'house-'));
  // Rules of our own in JavaScript cost each run of the linter half a second: test/unit/engines/linter.test.ts.
  const { jsPlugins: _, overrides, ...rest } = JSON.parse(readFileSync(join(root, '.oxlintrc.json'), 'utf8'));
  const kept = overrides.filter((one: object) => !JSON.stringify(one).includes('browsers/'));
  writeFileSync(join(house, '.oxlintrc.json'), JSON.stringify({ ...rest, overrides: kept }));
});
afterAll(() => rmSync(house, { recursive: true }));

/** What the linter says to a file that imports this. */
function said(file: string, imported: string): string {
  const path = join(house, file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `import { thing } from '${imported}';\nexport const other = thing;\n`);
  try {
    return execFileSync(join(root, 'node_modules/.bin/oxlint'), [file], { cwd: house, encoding: 'utf8' });
  } catch (refusal) {
    return refusal instanceof Error && 'stdout' in refusal ? String(refusal.stdout) : '';
  } finally {
    rmSync(path);
  }
}

describe('the import rules', () => {
  it.each([
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
  ])('%s may not import %s', (file, imported, sentence) => {
    expect(said(file, imported)).toContain(sentence);
  });

  it.each([
    ['domain/assignment.ts', './role.ts'],
    ['widget/host/host.ts', '../../domain/employee.ts'],
    ['widget/seller/card/model/card.ts', '../../../host/host.ts'],
    ['widget/http/client.ts', 'axios'],
    ['widget/amocrm.ts', './host/amocrm/slots.ts'],
    ['server/gateway/handle.ts', '../../domain/role.ts'],
  ])('%s may import %s', (file, imported) => {
    expect(said(file, imported)).not.toContain('no-restricted-imports');
  });
});
