/** The archives of two foreign widgets, made from the folders beside this file. */
import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { zipSync } from 'fflate';

export async function archive(name: 'old-style' | 'bundled'): Promise<Uint8Array> {
  const folder = fileURLToPath(new URL(`./${name}`, import.meta.url));
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter(entry => entry.isFile()).map(entry => `${entry.parentPath}/${entry.name}`);
  const contents = await Promise.all(files.map(path => readFile(path)));
  return zipSync(
    Object.fromEntries(
      files.map((path, at) => [path.slice(folder.length + 1), contents[at] ?? new Uint8Array()]),
    ),
  );
}
