/**
 * The archives that the marketplaces get, held against every rule of their checklists that a program can check. What
 * only a person can judge (does it look right, is it useful) is not here.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { beforeAll, describe, expect, inject, it } from 'vitest';
import { MARKETPLACES, type Marketplace } from '../../../widget/package/marketplace.ts';
import { ARCHIVE_RULES } from './moderation/archive.ts';
import { CODE_RULES } from './moderation/code.ts';
import { MANIFEST_RULES } from './moderation/manifest.ts';
import { PICTURE_RULES } from './moderation/pictures.ts';
import { allScripts, archiveOf, textOf, type Archive } from './moderation/rule.ts';
import { STYLE_RULES } from './moderation/styles.ts';
import { WORD_RULES } from './moderation/words.ts';

const RULES = [
  ...ARCHIVE_RULES,
  ...MANIFEST_RULES,
  ...WORD_RULES,
  ...PICTURE_RULES,
  ...CODE_RULES,
  ...STYLE_RULES,
];

const archives = new Map<Marketplace, Archive>();
beforeAll(() => {
  const folders = { amocrm: inject('packageFolder'), kommo: inject('kommoFolder') };
  for (const marketplace of MARKETPLACES) {
    const zip = unzipSync(readFileSync(join(folders[marketplace], 'widget.zip')));
    archives.set(marketplace, archiveOf(marketplace, new Map(Object.entries(zip))));
  }
});

function archiveFor(marketplace: Marketplace): Archive {
  const archive = archives.get(marketplace);
  if (!archive) throw new Error(`No archive was built for ${marketplace}`);
  return archive;
}

describe.each(MARKETPLACES)('the archive for %s', marketplace => {
  it.each(RULES)('$name', ({ breaches }) => {
    expect(breaches(archiveFor(marketplace))).toEqual([]);
  });
});

describe('a broken archive', () => {
  it.each(RULES)('is refused: $name', ({ breaches, broken }) => {
    expect(breaches(broken(archiveFor('amocrm')))).not.toEqual([]);
  });
});

describe('the two archives', () => {
  it('hold the same code', () => {
    const [amocrm, kommo] = [archiveFor('amocrm'), archiveFor('kommo')];
    expect(allScripts(kommo)).toEqual(allScripts(amocrm));
    expect(allScripts(kommo).filter(path => textOf(kommo, path) !== textOf(amocrm, path))).toEqual([]);
  });
});
