/** The built pages, loaded into memory: there are few, and no address can lead to another file. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import type { PageFile, PageFiles } from '../frames/files.ts';
import { Misconfigured } from './environment.ts';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

/** Throws `Misconfigured` when the folder does not exist. */
export function pageFilesIn(folder: string): PageFiles {
  if (!existsSync(folder))
    throw new Misconfigured('PIPEDRIVE_PAGES is not understood: set it to the folder of the built pages.');
  const files = new Map<string, PageFile>();
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const type = TYPES[extname(entry.name)];
    if (!entry.isFile() || type === undefined) continue;
    const path = join(entry.parentPath, entry.name);
    const name = path.slice(join(folder, '/').length).replaceAll('\\', '/');
    files.set(name, { bytes: new Uint8Array(readFileSync(path)), type });
  }
  return name => files.get(name) ?? null;
}
