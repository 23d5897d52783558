/** The scripts and styles of the emulated pages, built once and cached in memory. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Plugin } from 'vite';
import { BROWSERS } from '../../widget/package/browsers.ts';
import { once } from './once.ts';

export type PageFiles = { readonly file: (name: string) => Uint8Array<ArrayBuffer> | string | undefined };
export type PageFile = readonly [name: string, content: Uint8Array<ArrayBuffer> | string];

/** The libraries that the CRM provides to widgets, in the CRM's versions. */
const LIBRARIES = {
  'vendor/require.js': 'requirejs/require.js',
  'vendor/jquery.js': 'jquery/dist/jquery.js',
  'vendor/underscore.js': 'underscore/underscore.js',
  'vendor/backbone.js': 'backbone/backbone.js',
  'vendor/moment.js': 'moment/moment.js',
  'vendor/twigjs.js': 'twig/twig.js',
};

/** The files of the careless widget's archive. */
const HOSTILE = ['script.js', 'manifest.json', 'i18n/ru.json', 'i18n/en.json', 'images/logo.svg'];

/** One build serves every sandbox of a process, because the files are the same. */
export const buildPageFiles = once(async (): Promise<PageFiles> => {
  const files = new Map(await allPageFiles());
  return { file: name => files.get(name) };
});

/** Every file under /assets, with those of the careless widget under `hostile/`. */
export async function allPageFiles(): Promise<readonly PageFile[]> {
  return (await Promise.all([buildOwn(), readLibraries(), readHostile()])).flat();
}

/**
 * Some host pages extend `Object.prototype`. The CRM's own code copes with that, so the sandbox's code in its place
 * must too. Only valibot iterates its schemas with `for…in`.
 */
const OWN_KEYS_ONLY: Plugin = {
  name: 'own-keys-only',
  transform: (code, id) =>
    id.includes('/valibot/')
      ? code.replaceAll('(const key in this.entries)', '(const key of Object.keys(this.entries))')
      : null,
};

async function buildOwn(): Promise<PageFile[]> {
  const root = dirname(fileURLToPath(import.meta.url));
  const result = await build({
    root,
    configFile: false,
    logLevel: 'warn',
    publicDir: false,
    plugins: [OWN_KEYS_ONLY],
    build: {
      write: false,
      minify: false,
      target: BROWSERS,
      modulePreload: false,
      rolldownOptions: {
        input: {
          page: `${root}/page/page.ts`,
          'stage-bar': `${root}/stage-bar/stage-bar.ts`,
          'pipedrive-page': `${root}/pipedrive/page/page.ts`,
          'chat-window': `${root}/chat-window/chat-window.ts`,
        },
        output: {
          entryFileNames: '[name].js',
          chunkFileNames: 'shared-[name].js',
          assetFileNames: '[name][extname]',
        },
      },
    },
  });
  const outputs = 'output' in result ? [result] : Array.isArray(result) ? result : [];
  return outputs.flatMap(({ output }) =>
    output.map((file): PageFile => [
      file.fileName,
      file.type === 'chunk'
        ? file.code
        : typeof file.source === 'string'
          ? file.source
          : Uint8Array.from(file.source),
    ]),
  );
}

function readLibraries(): Promise<PageFile[]> {
  const { resolve } = createRequire(import.meta.url);
  const read = Object.entries(LIBRARIES).map(async ([name, from]): Promise<PageFile> => [
    name,
    await readFile(resolve(from), 'utf8'),
  ]);
  return Promise.all(read);
}

function readHostile(): Promise<PageFile[]> {
  const read = HOSTILE.map(async (name): Promise<PageFile> => [
    `hostile/${name}`,
    Uint8Array.from(await readFile(new URL(`./hostile/${name}`, import.meta.url))),
  ]);
  return Promise.all(read);
}
