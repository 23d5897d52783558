/**
 * Libraries travel in files of their own, minified, one copy each: `vendor-<name>-<hash>.js`. Each file exports just
 * the names that our code imports, so that unused code is left out.
 */
import { createHash } from 'node:crypto';
import { build, type Plugin } from 'vite';
import { asAmd } from './amd.ts';
import { BROWSERS } from './browsers.ts';
import { lean } from './lean.ts';
import { librariesOf, licencesIn } from './licences.ts';
import { chunksOf } from './output.ts';

/** Imports that share a file because they share code. */
const FILES = {
  ui: ['preact', 'preact/hooks', '@preact/signals'],
  i18next: ['i18next'],
  http: ['axios'],
  valibot: ['valibot'],
} satisfies Record<string, readonly string[]>;

export const LIBRARIES: readonly string[] = Object.values(FILES).flat();

/** Which libraries share a file, and what kind of module each file is. */
export type Vendored = {
  readonly files: Readonly<Record<string, readonly string[]>>;
  readonly written: (module: string) => string;
};
const FOR_THE_CRM: Vendored = { files: FILES, written: asAmd };
/** For pages of our own, which load ES modules: what the CRM's page loads, and what speaks with the page around a frame. */
export const FOR_FRAMES: Vendored = {
  files: { ...FILES, frame: ['@pipedrive/app-extensions-sdk'] },
  written: module => module,
};

/** Library → the names that our code imports from it. */
export type ImportedNames = ReadonlyMap<string, ReadonlySet<string>>;

export type Vendor = {
  /** File name → text. */
  readonly files: ReadonlyMap<string, string>;
  /** Library → the id by which our own code requires it. */
  readonly ids: Readonly<Record<string, string>>;
  /** Of everything in these files. */
  readonly licences: string;
};

/** `whole`: the libraries as they come, with code that never runs in a browser. For measuring. */
export async function buildVendor(
  imported: ImportedNames,
  whole?: 'whole',
  { files: together, written }: Vendored = FOR_THE_CRM,
): Promise<Vendor> {
  const files = new Map<string, string>();
  const ids: Record<string, string> = {};
  const brought = new Set<string>();
  for (const [file, libraries] of Object.entries(together)) {
    const { module, folders } = await bundle(file, libraries, imported, whole ? [] : [lean]);
    const code = written(module);
    folders.forEach(folder => brought.add(folder));
    const name = `vendor-${file}-${createHash('sha256').update(code).digest('hex').slice(0, 8)}.js`;
    files.set(name, code);
    for (const library of libraries) ids[library] = `./${name}`;
  }
  return { files, ids, licences: await licencesIn(brought) };
}

async function bundle(
  file: string,
  libraries: readonly string[],
  imported: ImportedNames,
  plugins: readonly Plugin[],
): Promise<{ readonly module: string; readonly folders: ReadonlySet<string> }> {
  const entry = libraries
    .map(library => ({ library, names: [...(imported.get(library) ?? [])].toSorted() }))
    .filter(({ names }) => names.length > 0)
    .map(({ library, names }) => `export { ${names.join(', ')} } from '${library}';`)
    .join('\n');
  const id = `virtual:vendor-${file}`;
  const built = await build({
    configFile: false,
    logLevel: 'warn',
    mode: 'production',
    define: {
      'process.env.NODE_ENV': '"production"',
      // Where a browser has no setImmediate, axios would listen on the host's window for ever to make one.
      setImmediate: 'queueMicrotask',
    },
    plugins: [
      ...plugins,
      {
        name: 'vendor-entry',
        enforce: 'pre',
        // The entry of a library build arrives as a path.
        resolveId: source => (source.endsWith(id) ? `\0${id}` : null),
        load: source => (source === `\0${id}` ? entry : null),
      },
    ],
    build: {
      write: false,
      target: BROWSERS,
      lib: { entry: id, formats: ['es'], fileName: file },
      // A library build of ES modules keeps its white space for later tools. There are none here.
      rolldownOptions: {
        checks: { bundlerTimings: false },
        output: { minify: true, comments: { legal: true } },
      },
    },
  });
  const [chunk] = chunksOf(built);
  return { module: chunk?.code ?? '', folders: librariesOf(chunk?.moduleIds ?? []) };
}
