/** The scripts and styles of the emulated pages, built once a start and kept in memory. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

export type PageFiles = { readonly file: (name: string) => Uint8Array<ArrayBuffer> | string | undefined };

/** The libraries that the CRM itself hands to widgets, in the CRM's versions. */
const LIBRARIES = {
  'vendor/require.js': 'requirejs/require.js',
  'vendor/jquery.js': 'jquery/dist/jquery.js',
  'vendor/underscore.js': 'underscore/underscore.js',
  'vendor/backbone.js': 'backbone/backbone.js',
};

export async function buildPageFiles(): Promise<PageFiles> {
  const [built, libraries] = await Promise.all([buildOwn(), readLibraries()]);
  const files = new Map([...built, ...libraries]);
  return { file: name => files.get(name) };
}

async function buildOwn(): Promise<[string, Uint8Array<ArrayBuffer> | string][]> {
  const root = dirname(fileURLToPath(import.meta.url));
  const result = await build({
    root,
    configFile: false,
    logLevel: 'warn',
    publicDir: false,
    build: {
      write: false,
      minify: false,
      target: 'es2022',
      modulePreload: false,
      rolldownOptions: {
        input: {
          page: `${root}/page/page.ts`,
          'stage-bar': `${root}/stage-bar/stage-bar.ts`,
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
    output.map((file): [string, Uint8Array<ArrayBuffer> | string] => [
      file.fileName,
      file.type === 'chunk'
        ? file.code
        : typeof file.source === 'string'
          ? file.source
          : Uint8Array.from(file.source),
    ]),
  );
}

function readLibraries(): Promise<[string, string][]> {
  const { resolve } = createRequire(import.meta.url);
  return Promise.all(
    Object.entries(LIBRARIES).map(async ([name, from]): Promise<[string, string]> => [
      name,
      await readFile(resolve(from), 'utf8'),
    ]),
  );
}
