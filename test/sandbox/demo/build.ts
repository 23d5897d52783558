/** Makes the static demo: a folder that any static server may serve, at any path. */
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { allPageFiles } from '../page-files.ts';

const here = dirname(fileURLToPath(import.meta.url));

/** `zip`: the widget's archive, which is installed in the demo's CRM. */
export async function buildDemo(zip: Uint8Array, folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  const [pages] = await Promise.all([
    allPageFiles(),
    bundle('worker', folder),
    bundle('top', join(folder, 'files')),
  ]);
  const write = async (path: string, content: Uint8Array | string): Promise<void> => {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  };
  await write('index.html', await readFile(join(here, 'index.html')));
  await write('files/widget.zip', zip);
  await write('files/pages.json', JSON.stringify(pages.map(([name]) => name)));
  for (const [name, content] of pages) await write(`files/pages/${name}`, content);
}

/** One file each: a service worker of some browsers may not import anything. */
async function bundle(name: string, outDir: string): Promise<void> {
  await build({
    root: here,
    configFile: false,
    logLevel: 'error',
    publicDir: false,
    build: {
      outDir,
      emptyOutDir: false,
      minify: false,
      target: 'es2022',
      modulePreload: false,
      rolldownOptions: {
        input: { [name]: join(here, `${name}.ts`) },
        output: { entryFileNames: '[name].js', assetFileNames: '[name][extname]' },
      },
    },
  });
}
