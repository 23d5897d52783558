/** Makes what a marketplace takes: dist/amocrm/ and widget.zip with the same files at its root. */
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { strFromU8, strToU8, zipSync } from 'fflate';
import { bundleWidget, type BundleOptions } from './bundle.ts';

export type Package = {
  /** Path inside the archive → bytes. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  readonly zip: Uint8Array;
};

export async function packWidget(options: BundleOptions): Promise<Package> {
  const { root } = options;
  const scripts = await bundleWidget(options);
  const files = new Map<string, Uint8Array>([
    ['manifest.json', await readFile(join(root, 'manifest.json'))],
    ...[...scripts].map(([name, code]) => [name, strToU8(code)] as const),
    ...(await folder(join(root, 'locales'), 'i18n')).map(
      ([name, words]) => [name, firstWords(words)] as const,
    ),
    ...(await folder(join(root, 'widget/package/images'), 'images')),
  ]);
  return {
    files,
    zip: zipSync(Object.fromEntries(files), { level: 9, mtime: new Date('2026-01-01T00:00:00') }),
  };
}

/** Sections that the CRM itself shows or that a card needs when it opens. */
const FIRST = ['widget', 'settings', 'card'];

/** The CRM loads this file for every page; all other words come with the parts that say them. */
function firstWords(words: Uint8Array): Uint8Array {
  const all: Record<string, unknown> = JSON.parse(strFromU8(words));
  const first = Object.fromEntries(FIRST.map(section => [section, all[section]]));
  return strToU8(`${JSON.stringify(first, null, 2)}\n`);
}

export async function writePackage({ files, zip }: Package, outDir: string): Promise<void> {
  await rm(outDir, { recursive: true, force: true });
  for (const [name, bytes] of files) {
    await mkdir(dirname(join(outDir, name)), { recursive: true });
    await writeFile(join(outDir, name), bytes);
  }
  await writeFile(join(outDir, 'widget.zip'), zip);
}

async function folder(path: string, as: string): Promise<(readonly [string, Uint8Array])[]> {
  const names = (await readdir(path)).toSorted();
  return Promise.all(names.map(async name => [`${as}/${name}`, await readFile(join(path, name))] as const));
}
