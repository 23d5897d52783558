/**
 * Bundles widget/ into script.js and the parts it loads on demand. Our own code stays unminified, as the marketplace
 * asks. Two passes: the first learns which names of which library are used, the second knows the vendor
 * files' names.
 */
import { build, type Plugin } from 'vite';
import { asAmd } from './amd.ts';
import { chunksOf } from './output.ts';
import { buildVendor, LIBRARIES, type ImportedNames } from './vendor.ts';

const ENTRY_EXPORT = 'CrmChatRoles';

export type BundleOptions = {
  /** The project's folder. */
  readonly root: string;
  /** The gateway's address for accounts that set none; empty in a marketplace build. */
  readonly chatUrl: string;
};

/** File name → text of every script in the package, and of the licences of what is in them. */
export async function bundleWidget(options: BundleOptions): Promise<ReadonlyMap<string, string>> {
  const imported = new Map<string, Set<string>>();
  const first = new Set<string>();
  await bundleOwn(options, {}, first, [recordImports(imported), recordFirst(first)]);
  const vendor = await buildVendor(imported);
  const own = await bundleOwn(options, vendor.ids, first, []);
  return new Map([...own, ...vendor.files, ['LICENSES.txt', vendor.licences]]);
}

async function bundleOwn(
  { root, chatUrl }: BundleOptions,
  ids: Readonly<Record<string, string>>,
  first: ReadonlySet<string>,
  plugins: readonly Plugin[],
): Promise<ReadonlyMap<string, string>> {
  const built = await build({
    configFile: false,
    root,
    logLevel: 'warn',
    plugins: [withoutComments, ...plugins],
    define: { __CHAT_URL__: JSON.stringify(chatUrl) },
    // Words stay readable objects: the bundler would make each file one long string.
    json: { namedExports: false, stringify: false },
    // Under a test runner the bundler would take this for development and put paths of this machine into the code.
    mode: 'production',
    // Preact's own form of JSX: children stand behind the attributes, not among them, in fewer lines.
    oxc: {
      jsx: { runtime: 'classic', pragma: 'h', pragmaFrag: 'Fragment', development: false },
      jsxInject: "import { Fragment, h } from 'preact'",
    },
    build: {
      write: false,
      target: 'es2022',
      minify: false,
      cssMinify: false,
      modulePreload: false,
      lib: { entry: 'widget/amocrm.ts', formats: ['es'], fileName: () => 'script.js' },
      rolldownOptions: {
        // How long a plugin takes is told on slow machines, in the midst of what a person asked for.
        checks: { bundlerTimings: false },
        external: [...LIBRARIES],
        experimental: { attachDebugInfo: 'none' },
        output: {
          paths: { ...ids },
          entryFileNames: 'script.js',
          chunkFileNames: '[name]-[hash].js',
          codeSplitting: {
            groups: [
              // Later parts share modules with the first face. In a file of their own they are loaded once, and the
              // browser keeps them over a new version of script.js.
              { name: 'first', test: id => first.has(id), priority: 1 },
              // What many later parts share is one file, not one for each set of them.
              { name: 'shared', test: /\/widget\/(?!claim|connect)/, minShareCount: 2 },
            ],
          },
          comments: false,
          minifyInternalExports: false,
        },
      },
    },
  });
  return new Map(
    chunksOf(built).map(chunk => [
      chunk.fileName,
      asAmd(chunk.code, chunk.isEntry ? ENTRY_EXPORT : undefined),
    ]),
  );
}

/** Style sheets arrive as texts, which the bundler leaves as they are. */
const withoutComments: Plugin = {
  name: 'sheets-without-comments',
  enforce: 'post',
  transform(code, id) {
    if (!id.endsWith('.css?inline')) return null;
    const sheet = code.replaceAll(/\/\*.*?\*\//g, '').replaceAll(/(\\n\s*)+/g, '\\n');
    return { code: sheet, map: null };
  },
};

/** Collects the imported names while modules pass by, after TypeScript has been taken out of them. */
function recordImports(imported: Map<string, Set<string>> & ImportedNames): Plugin {
  return {
    name: 'record-imports',
    enforce: 'post',
    transform(code) {
      for (const statement of this.parse(code).body) {
        if (statement.type !== 'ImportDeclaration' || !LIBRARIES.includes(statement.source.value)) continue;
        const names = imported.get(statement.source.value) ?? new Set();
        imported.set(statement.source.value, names);
        for (const specifier of statement.specifiers) {
          if (specifier.type === 'ImportNamespaceSpecifier')
            throw new Error('Import names, not whole libraries');
          names.add(specifier.type === 'ImportDefaultSpecifier' ? 'default' : nameOf(specifier.imported));
        }
      }
      return null;
    },
  };
}

/** Collects the modules, except the entry, that a card needs before it shows anything. */
function recordFirst(first: Set<string>): Plugin {
  return {
    name: 'record-first',
    buildEnd() {
      const visit = (id: string): void => {
        for (const needed of this.getModuleInfo(id)?.importedIds ?? []) {
          if (first.has(needed) || LIBRARIES.includes(needed)) continue;
          first.add(needed);
          visit(needed);
        }
      };
      for (const id of this.getModuleIds()) {
        if (this.getModuleInfo(id)?.isEntry) visit(id);
      }
    },
  };
}

const nameOf = (imported: { type: string; name?: string; value?: unknown }): string =>
  imported.name ?? String(imported.value);
