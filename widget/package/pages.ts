/**
 * The pages that Pipedrive shows in frames and our server serves: one document per surface, and `assets/` with
 * everything that they load. Nothing is inline, so that a strict content policy is possible. Our own code is readable,
 * libraries are minified.
 */
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import * as v from 'valibot';
import { build, type Plugin, type Rolldown } from 'vite';
import { QUESTIONS } from './guard.ts';
import { laidOut } from './lines.ts';
import { chunksOf } from './output.ts';
import { ownCode, recordImports } from './own-code.ts';
import { buildVendor, FOR_FRAMES } from './vendor.ts';
import { wordsOfFrames } from './words.ts';

export const SURFACES = ['panel', 'settings', 'roles'] as const;

/** Path under which the server that serves the pages answers requests. */
const GATEWAY = '/pipedrive/api';
export const HUB = 'widget/package/pipedrive/hub.json';
/** Drawn from the stage and kept, so that a build needs no browser. */
export const PICTURES = 'widget/package/pipedrive/pictures';
const words = v.object({ card: v.object({ oldBrowser: v.string() }) });
const LIBRARIES = Object.values(FOR_FRAMES.files).flat();

/** Returns the text of every file by path. */
export async function packPages(root: string): Promise<ReadonlyMap<string, string>> {
  const imported = new Map<string, Set<string>>();
  const first = new Set<string>();
  const bundled = async (
    ids: Readonly<Record<string, string>>,
    plugins = [recordImports(imported, LIBRARIES), recordFirst(first)],
  ): Promise<readonly Rolldown.OutputChunk[]> =>
    chunksOf(
      await build(
        ownCode({
          root,
          chatUrl: GATEWAY,
          plugins: [wordsOfFrames('in'), ...plugins],
          libraries: LIBRARIES,
          entry: 'widget/pipedrive.ts',
          output: {
            paths: { ...ids },
            entryFileNames: 'page-[hash].js',
            chunkFileNames: '[name]-[hash].js',
            // Later parts share modules with the first view. One file is smaller than ten.
            codeSplitting: { groups: [{ name: 'first', test: one => first.has(one) }] },
          },
        }),
      ),
    );
  await bundled({});
  const vendor = await buildVendor(imported, undefined, FOR_FRAMES);
  const own = await bundled(vendor.ids, []);
  const [entry] = own;
  if (!entry) throw new Error('The build wrote no entry');
  const sheet = named('page', 'css', await sheetIn(root));
  const start = named('start', 'js', await starting(root, entry.fileName));
  const needed = [entry.fileName, ...needsOf(own, entry)];
  return new Map([
    ...SURFACES.map(surface => [`${surface}.html`, documentOf(surface, sheet[0], start[0], needed)] as const),
    ...own.map(({ fileName, code }) => [`assets/${fileName}`, laidOut(code)] as const),
    ...[...vendor.files, sheet, start].map(([name, text]) => [`assets/${name}`, text] as const),
    ['LICENSES.txt', vendor.licences],
    // The values that an administrator of the app copies into Pipedrive's Developer Hub.
    ['hub.json', await readFile(join(root, HUB), 'utf8')],
  ]);
}

/** Records which modules a page needs before it shows anything. */
const recordFirst = (first: Set<string>): Plugin => ({
  name: 'record-first',
  buildEnd() {
    const visit = (id: string): void => {
      first.add(id);
      for (const needed of this.getModuleInfo(id)?.importedIds ?? [])
        if (!first.has(needed) && !LIBRARIES.includes(needed)) visit(needed);
    };
    for (const id of this.getModuleIds()) if (this.getModuleInfo(id)?.isEntry === true) visit(id);
  },
});

/** Everything that a script loads before it runs. */
function needsOf(
  all: readonly Rolldown.OutputChunk[],
  { imports }: Pick<Rolldown.OutputChunk, 'imports'>,
): readonly string[] {
  const names = new Set<string>();
  const visit = (name: string): void => {
    const file = name.replace('./', '');
    if (names.has(file)) return;
    names.add(file);
    all.find(({ fileName }) => fileName === file)?.imports.forEach(visit);
  };
  imports.forEach(visit);
  return [...names];
}

const documentOf = (surface: string, sheet: string, start: string, first: readonly string[]): string =>
  `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="robots" content="noindex" />
    <title>crm-chat-roles</title>
    <base target="_blank" />
    <link rel="stylesheet" href="assets/${sheet}" />
${first.map(name => `    <link rel="modulepreload" href="assets/${name}" />`).join('\n')}
    <script defer src="assets/${start}"></script>
  </head>
  <body data-surface="${surface}">
    <main></main>
  </body>
</html>
`;

/** Returns the script that loads the page, or says instead that the browser is too old. */
async function starting(root: string, page: string): Promise<string> {
  const files = (await readdir(join(root, 'locales'))).toSorted();
  const sentences = await Promise.all(
    files.map(async file => {
      const { card } = v.parse(words, JSON.parse(await readFile(join(root, 'locales', file), 'utf8')));
      return [file.replace('.json', ''), card.oldBrowser] as const;
    }),
  );
  return `(function () {
if (${QUESTIONS.join('\n|| ')}) {
var sentences = ${JSON.stringify(Object.fromEntries(sentences), null, 2)};
document.querySelector("main").textContent = sentences[navigator.language.slice(0, 2)] || sentences.en;
} else import("./${page}");
})();
`;
}

const sheetIn = async (root: string): Promise<string> =>
  (await readFile(join(root, 'widget/framed/page.css'), 'utf8')).replaceAll(/\/\*.*?\*\/\n/gs, '');

function named(name: string, kind: string, text: string): readonly [file: string, text: string] {
  return [`${name}-${createHash('sha256').update(text).digest('hex').slice(0, 8)}.${kind}`, text];
}

/** Replaces `folder` with these files. */
export async function writePages(files: ReadonlyMap<string, string>, folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  for (const [name, text] of files) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text);
  }
}
