/**
 * The gallery's pages: /gallery lists every state of every view, /gallery/state draws one. They are built at the first
 * request and kept. Each state has a host name of its own, so that no state reads what another has stored.
 */
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { fileResponse } from '../sandbox/file-response.ts';

const FOLDER = dirname(fileURLToPath(import.meta.url));
const PAGES = { '/gallery': 'overview', '/gallery/state': 'state' } as const;

type Files = ReadonlyMap<string, string>;

export function gallerySite(): (request: Request) => Promise<Response> {
  let built: Promise<Files> | null = null;
  return async request => {
    const { pathname } = new URL(request.url);
    const page = pathname === '/gallery' || pathname === '/gallery/state' ? PAGES[pathname] : null;
    if (page) return new Response(htmlFor(page), { headers: { 'Content-Type': 'text/html; charset=utf-8' } });
    built ??= buildPages();
    const name = pathname.replace('/gallery/', '');
    const file = (await built).get(name);
    return file === undefined ? new Response(null, { status: 404 }) : fileResponse(name, file);
  };
}

export const isForGallery = (request: Request): boolean =>
  /^\/gallery(?:\/|$)/.test(new URL(request.url).pathname);

const htmlFor = (page: string): string => `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width" />
    <title>Gallery</title>
    <link rel="stylesheet" href="/gallery/${page}.css" />
  </head>
  <body>
    <main id="place"></main>
    <script type="module" src="/gallery/${page}.js"></script>
  </body>
</html>
`;

async function buildPages(): Promise<Files> {
  const result = await build({
    root: FOLDER,
    configFile: false,
    logLevel: 'warn',
    publicDir: false,
    base: '/gallery/',
    define: { __CHAT_URL__: '""' },
    mode: 'production',
    oxc: { jsx: { runtime: 'automatic', importSource: 'preact', development: false } },
    build: {
      write: false,
      minify: false,
      // Embeds the typeface in the style sheet.
      assetsInlineLimit: Number.MAX_SAFE_INTEGER,
      target: 'es2022',
      modulePreload: false,
      rolldownOptions: {
        input: { overview: `${FOLDER}/page/overview.ts`, state: `${FOLDER}/page/state.ts` },
        output: {
          entryFileNames: '[name].js',
          chunkFileNames: 'part-[name]-[hash].js',
          assetFileNames: '[name][extname]',
        },
      },
    },
  });
  const outputs = 'output' in result ? [result] : Array.isArray(result) ? result : [];
  return new Map(
    outputs.flatMap(({ output }) =>
      output.map((file): [string, string] => [
        file.fileName,
        file.type === 'chunk'
          ? file.code
          : typeof file.source === 'string'
            ? file.source
            : new TextDecoder().decode(file.source),
      ]),
    ),
  );
}
