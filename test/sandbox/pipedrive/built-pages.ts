/** Our pages as they were just built, for the server that serves them. */
import { extname } from 'node:path';
import type { PageFiles } from '../../../server/frames/files.ts';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
};

export const pageFilesOf =
  (built: ReadonlyMap<string, string>): PageFiles =>
  name => {
    const text = built.get(name);
    const type = TYPES[extname(name)];
    return text === undefined || type === undefined
      ? null
      : { bytes: new Uint8Array(new TextEncoder().encode(text)), type };
  };
