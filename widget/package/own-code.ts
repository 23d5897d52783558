/** How our own code is bundled, whoever loads it: readable, without comments, and with every library left outside. */
import type { InlineConfig, Plugin, Rolldown } from 'vite';
import { BROWSERS } from './browsers.ts';

export const ownCode = (given: {
  /** The project's folder. */
  readonly root: string;
  /** Our server's address for accounts that have set none; empty for none. */
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
    target: BROWSERS,
    minify: false,
    cssMinify: false,
    modulePreload: false,
    lib: { entry: given.entry, formats: ['es'], fileName: () => 'script.js' },
    rolldownOptions: {
      // On slow machines the bundler reports how long plugins take, in the middle of our own output.
      checks: { bundlerTimings: false },
      external: [...given.libraries],
      experimental: { attachDebugInfo: 'none' },
      output: { ...given.output, comments: false, minifyInternalExports: false },
    },
  },
});

/** Style sheets arrive as texts, which the bundler leaves as they are. */
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

/** Collects the imported names while modules pass by, after TypeScript has been taken out of them. */
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
            throw new Error('Import names, not whole libraries');
          names.add(specifier.type === 'ImportDefaultSpecifier' ? 'default' : nameOf(specifier.imported));
        }
      }
      return null;
    },
  };
}

const nameOf = (imported: { type: string; name?: string; value?: unknown }): string =>
  imported.name ?? String(imported.value);
