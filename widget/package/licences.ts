/** LICENSES.txt: the licence of each included library, in the library's own words. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';

const packageSchema = v.object({ name: v.string(), version: v.string(), license: v.string() });

/** The folders of the libraries to which these modules belong. */
export function librariesOf(moduleIds: readonly string[]): ReadonlySet<string> {
  const folders = moduleIds.flatMap(id => /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(id)?.[0] ?? []);
  return new Set(folders);
}

/** The licence texts of these libraries. A library without one fails the build. */
export async function licencesIn(folders: ReadonlySet<string>): Promise<string> {
  const each = await Promise.all(
    [...folders].map(async folder => {
      const { name, version, license } = v.parse(
        packageSchema,
        JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')),
      );
      const file = (await readdir(folder)).find(one => /^licen[cs]e/i.test(one));
      if (file === undefined) throw new Error(`${name} contains no licence file`);
      const text = (await readFile(join(folder, file), 'utf8')).replaceAll('\r\n', '\n').trim();
      return { name, said: `${name} ${version} (${license})\n\n${text}\n` };
    }),
  );
  const sorted = each.toSorted((one, other) => (one.name < other.name ? -1 : 1));
  return sorted.map(({ said }) => said).join(`\n${'-'.repeat(80)}\n\n`);
}
