/**
 * Libraries are separate minified files, one copy each: `vendor-<name>-<hash>.js`. Each file exports only the names
 * that our code imports, so that unused code is left out.
 */
import { createHash } from 'node:crypto';
import { build, type Plugin } from 'vite';
import { asAmd } from './amd.ts';
import { BROWSERS } from './browsers.ts';
import { lean } from './lean.ts';
import { librariesOf, licencesIn } from './licences.ts';
import { chunksOf } from './output.ts';

/** Libraries that share code share a file. */
const FILES = {
  ui: ['preact', 'preact/hooks', '@preact/signals'],
  i18next: ['i18next'],
  http: ['axios'],
  valibot: ['valibot'],
} satisfies Record<string, readonly string[]>;

export const LIBRARIES: readonly string[] = Object.values(FILES).flat();

/** Which libraries share a file, and the module format of each file. */
export type Vendored = {
  readonly files: Readonly<Record<string, readonly string[]>>;
  readonly written: (module: string) => string;
};
const FOR_THE_CRM: Vendored = { files: FILES, written: asAmd };
/**
 * For our own pages, which load ES modules: the libraries of the CRM's page, and the one that talks to the page around
 * a frame.
 */
export const FOR_FRAMES: Vendored = {
  files: { ...FILES, frame: ['@pipedrive/app-extensions-sdk'] },
  written: module => module,
};

/** The names that our code imports, by library. */
export type ImportedNames = ReadonlyMap<string, ReadonlySet<string>>;

export type Vendor = {
  /** File contents by name. */
  readonly files: ReadonlyMap<string, string>;
  /** The id under which our own code requires each library. */
  readonly ids: Readonly<Record<string, string>>;
  /** The licences of everything in these files. */
  readonly licences: string;
};

/** `whole` keeps the libraries unchanged, including code that never runs in a browser. Used for measuring. */
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
      // Without setImmediate in the browser, axios would add a permanent listener to the host's window to emulate it.
      setImmediate: 'queueMicrotask',
    },
    plugins: [
      ...plugins,
      {
        name: 'vendor-entry',
        enforce: 'pre',
        // The entry of a library build is passed as a path.
        resolveId: source => (source.endsWith(id) ? `\0${id}` : null),
        load: source => (source === `\0${id}` ? entry : null),
      },
    ],
    build: {
      write: false,
      target: BROWSERS,
      lib: { entry: id, formats: ['es'], fileName: file },
      // A library build of ES modules keeps white space for later tools, but there are none here.
      rolldownOptions: {
        checks: { bundlerTimings: false },
        output: { minify: true, comments: { legal: true } },
      },
    },
  });
  const [chunk] = chunksOf(built);
  return { module: chunk?.code ?? '', folders: librariesOf(chunk?.moduleIds ?? []) };
}
