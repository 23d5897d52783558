/** The bundler's configuration for our own code: readable, without comments, with all libraries left out. */
import type { InlineConfig, Plugin, Rolldown } from 'vite';
import { BROWSERS } from './browsers.ts';

export const ownCode = (given: {
  /** The project's folder. */
  readonly root: string;
  /** Our server's address for accounts that have set none; empty if there is none. */
  readonly chatUrl: string;
  readonly plugins: readonly Plugin[];
  readonly libraries: readonly string[];
  readonly entry: string;
  readonly output: Rolldown.OutputOptions;
}): InlineConfig => ({
  configFile: false,
  root: given.root,
  logLevel: 'warn',
  plugins: [withoutComments, ...given.plugins],
  define: { __CHAT_URL__: JSON.stringify(given.chatUrl) },
  // Keeps texts as readable objects; the bundler would turn each file into one long string.
  json: { namedExports: false, stringify: false },
  // Under a test runner the bundler would otherwise assume development and write paths of this machine into the code.
  mode: 'production',
  // Preact's own form of JSX: children are arguments after the attributes, which takes fewer lines.
  oxc: {
    jsx: { runtime: 'classic', pragma: 'h', pragmaFrag: 'Fragment', development: false },
    jsxInject: "import { Fragment, h } from 'preact'",
  },
  build: {
    write: false,
    target: BROWSERS,
    minify: false,
    cssMinify: false,
    modulePreload: false,
    lib: { entry: given.entry, formats: ['es'], fileName: () => 'script.js' },
    rolldownOptions: {
      // On slow machines the bundler would report the time of plugins in the middle of our own output.
      checks: { bundlerTimings: false },
      external: [...given.libraries],
      experimental: { attachDebugInfo: 'none' },
      output: { ...given.output, comments: false, minifyInternalExports: false },
    },
  },
});

/** Style sheets are imported as texts, which the bundler does not change. */
const withoutComments: Plugin = {
  name: 'sheets-without-comments',
  enforce: 'post',
  transform(code, id) {
    if (!id.endsWith('.css?inline')) return null;
    const sheet = code
      .replaceAll(/\/\*.*?\*\//g, '')
      .replaceAll(/(\\n\s*)+/g, '\\n')
      .replaceAll(/([{};,])\\n/g, '$1')
      .replaceAll(': ', ':');
    return { code: sheet, map: null };
  },
};

/** Records the imported names of each library, after TypeScript was removed from the modules. */
export function recordImports(imported: Map<string, Set<string>>, libraries: readonly string[]): Plugin {
  return {
    name: 'record-imports',
    enforce: 'post',
    transform(code) {
      for (const statement of this.parse(code).body) {
        if (statement.type !== 'ImportDeclaration' || !libraries.includes(statement.source.value)) continue;
        const names = imported.get(statement.source.value) ?? new Set();
        imported.set(statement.source.value, names);
        for (const specifier of statement.specifiers) {
          if (specifier.type === 'ImportNamespaceSpecifier')
            throw new Error('Import single names, not a whole library as one object');
          names.add(specifier.type === 'ImportDefaultSpecifier' ? 'default' : nameOf(specifier.imported));
        }
      }
      return null;
    },
  };
}

const nameOf = (imported: { type: string; name?: string; value?: unknown }): string =>
  imported.name ?? String(imported.value);
