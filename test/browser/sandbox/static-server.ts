/** A minimal static server: the files of a folder, below some path. */
import { readFile } from 'node:fs/promises';
import { join, normalize } from 'node:path';
import { listen, type Mount } from '../../mocks/http.ts';
import { fileResponse } from '../../sandbox/file-response.ts';

/** `path` begins and ends with a slash. */
export const serveFolder = (folder: string, path: string): Promise<Mount> =>
  listen(async request => {
    const { pathname } = new URL(request.url);
    const name = normalize(pathname.slice(path.length) || 'index.html');
    if (!pathname.startsWith(path) || name.startsWith('..')) return new Response(null, { status: 404 });
    try {
      return fileResponse(name, Uint8Array.from(await readFile(join(folder, name))));
    } catch {
      return new Response(null, { status: 404 });
    }
  });
