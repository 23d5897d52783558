/**
 * Bundles widget/ into script.js and the parts it loads on demand. Our own code keeps its names and line breaks, as the
 * marketplaces require. Two passes: the first finds out which names of each library are used, the second knows the
 * names of the vendor files.
 */
import { build, type Plugin } from 'vite';
import { asAmd, needsOf, RUNTIME } from './amd.ts';
import { oldBrowserPart, scriptFor } from './guard.ts';
import { laidOut } from './lines.ts';
import { chunksOf } from './output.ts';
import { ownCode, recordImports } from './own-code.ts';
import { buildVendor, LIBRARIES } from './vendor.ts';
import { wordsOfFrames } from './words.ts';

/** Sets of module ids. */
type Reached<Modules = ReadonlySet<string>> = Readonly<Record<'first' | 'sellers' | 'panel', Modules>>;

const ENTRY_EXPORT = 'CrmChatRoles';

export type BundleOptions = {
  /** The project's folder. */
  readonly root: string;
  /** Our server's address for accounts that have set none; empty if there is none. */
  readonly chatUrl: string;
};

/** The text of every script by file name, and the licences of the included libraries. */
export async function bundleWidget(options: BundleOptions): Promise<ReadonlyMap<string, string>> {
  const imported = new Map<string, Set<string>>();
  const reached = { first: new Set<string>(), sellers: new Set<string>(), panel: new Set<string>() };
  await bundleOwn(options, {}, reached, [recordImports(imported, LIBRARIES), recordReached(reached)]);
  const vendor = await buildVendor(imported);
  const own = await bundleOwn(options, vendor.ids, reached, []);
  const old = await oldBrowserPart(options.root);
  const [name = '', code = ''] = [...own].find(([name]) => name.startsWith('first-')) ?? [];
  const script = scriptFor([`./${name}`, ...needsOf(code)], ENTRY_EXPORT, old[0]);
  return new Map([...own, ['script.js', script], old, ...vendor.files, ['LICENSES.txt', vendor.licences]]);
}

async function bundleOwn(
  { root, chatUrl }: BundleOptions,
  ids: Readonly<Record<string, string>>,
  { first, sellers, panel }: Reached,
  plugins: readonly Plugin[],
): Promise<ReadonlyMap<string, string>> {
  const built = await build(
    ownCode({
      root,
      chatUrl,
      plugins: [wordsOfFrames('out'), ...plugins],
      libraries: LIBRARIES,
      entry: 'widget/amocrm.ts',
      output: {
        paths: { ...ids },
        entryFileNames: 'script.js',
        chunkFileNames: '[name]-[hash].js',
        codeSplitting: {
          groups: [
            // Later parts share modules with the first view. In a separate file these are loaded once, and script.js
            // can leave them out.
            { name: 'first', test: id => first.has(id), priority: 3 },
            // Modules shared by sellers and admins form one file. Modules used only by admins are part of the panel.
            { name: 'shared', test: id => sellers.has(id) && panel.has(id), priority: 2 },
            { name: 'seller', test: id => sellers.has(id), priority: 1 },
            { name: 'admin', test: id => panel.has(id), priority: 1 },
          ],
        },
      },
    }),
  );
  const chunks = chunksOf(built).filter(({ fileName }) => !RUNTIME.test(fileName));
  return new Map(chunks.map(chunk => [chunk.fileName, asAmd(laidOut(chunk.code))]));
}

/** Records which modules a card needs before it shows anything, and which sellers need later. */
function recordReached({ first, sellers, panel }: Reached<Set<string>>): Plugin {
  return {
    name: 'record-reached',
    buildEnd() {
      const [dialog, history] = [new Set<string>(), new Set<string>()];
      const visit = (id: string, into: Set<string>): void => {
        into.add(id);
        for (const needed of this.getModuleInfo(id)?.importedIds ?? [])
          if (!into.has(needed) && !LIBRARIES.includes(needed)) visit(needed, into);
      };
      for (const id of this.getModuleIds()) {
        if (this.getModuleInfo(id)?.isEntry === true) visit(id, first);
        if (/\/widget\/app\/seller\.|\/host\/amocrm\/(open-records|picked)\./.test(id)) visit(id, sellers);
        if (/\/widget\/app\/admin\.|\/host\/amocrm\/(open-records|settings-frame)\./.test(id))
          visit(id, panel);
        if (/\/admin\/roles\/dialog\./.test(id)) visit(id, dialog);
        if (/\/widget\/app\/history\./.test(id)) visit(id, history);
      }
      // Modules shared by both are part of the panel, because a separate file would be larger.
      for (const id of dialog) if (history.has(id)) panel.add(id);
    },
  };
}
