/** Builds the packages for the marketplaces: a folder for each, and widget.zip with the same files at its root. */
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { strToU8, zipSync } from 'fflate';
import { bundleWidget, type BundleOptions } from './bundle.ts';
import {
  manifestFor,
  MARKETPLACES,
  picturesOf,
  readManifest,
  type Manifest,
  type Marketplace,
} from './marketplace.ts';
import { FIRST } from './words.ts';

export type Package = {
  /** File contents by path inside the archive. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  readonly zip: Uint8Array;
};

export type Packages = Readonly<Record<Marketplace, Package>>;

/** Bundles once; the packages differ only in manifest, texts and pictures. */
export async function packWidget(options: BundleOptions): Promise<Packages> {
  const { root } = options;
  const scripts = await bundleWidget(options);
  const all = readManifest(await readFile(join(root, 'manifest.json'), 'utf8'));
  const packed = await Promise.all(
    MARKETPLACES.map(async marketplace => [
      marketplace,
      zipped(await filesOf(root, scripts, manifestFor(marketplace, all))),
    ]),
  );
  return Object.fromEntries(packed);
}

async function filesOf(
  root: string,
  scripts: ReadonlyMap<string, string>,
  manifest: Manifest,
): Promise<ReadonlyMap<string, Uint8Array>> {
  const words = manifest.widget.locale.map(
    async locale =>
      [
        `i18n/${locale}.json`,
        firstWords(await readFile(join(root, 'locales', `${locale}.json`), 'utf8')),
      ] as const,
  );
  const pictures = picturesOf(manifest).map(
    async path => [path, await readFile(join(root, 'widget/package', path))] as const,
  );
  return new Map<string, Uint8Array>([
    ['manifest.json', json(manifest)],
    ...[...scripts].map(([name, code]) => [name, strToU8(code)] as const),
    ...(await Promise.all(words)),
    ...(await Promise.all(pictures)),
  ]);
}

function zipped(files: ReadonlyMap<string, Uint8Array>): Package {
  return {
    files,
    zip: zipSync(Object.fromEntries(files), { level: 9, mtime: new Date('2026-01-01T00:00:00') }),
  };
}

/** The CRM loads this file for every page; all other texts come with the parts that use them. */
function firstWords(text: string): Uint8Array {
  const all: Record<string, unknown> = JSON.parse(text);
  return json(Object.fromEntries(FIRST.map(section => [section, all[section]])));
}

const json = (value: unknown): Uint8Array => strToU8(`${JSON.stringify(value, null, 2)}\n`);

/** Writes `<outDir>/<marketplace>/`, each with its files and its widget.zip. */
export async function writePackages(packages: Packages, outDir: string): Promise<void> {
  for (const marketplace of MARKETPLACES) {
    const folder = join(outDir, marketplace);
    await rm(folder, { recursive: true, force: true });
    for (const [name, bytes] of packages[marketplace].files) {
      await mkdir(dirname(join(folder, name)), { recursive: true });
      await writeFile(join(folder, name), bytes);
    }
    await writeFile(join(folder, 'widget.zip'), packages[marketplace].zip);
  }
}
