/** Bundles the server into one file. Packages that are not bundled become the `dependencies` of its own package.json. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { build } from 'vite';

const project = v.object({ version: v.string(), dependencies: v.record(v.string(), v.string()) });
/** Writes server.mjs and package.json to the folder. */
export async function buildServer(root: string, folder: string): Promise<void> {
  const built = await build({
    configFile: false,
    root,
    logLevel: 'warn',
    ssr: { external: true },
    build: {
      ssr: 'server/node/listen.ts',
      target: 'node22',
      outDir: folder,
      emptyOutDir: true,
      minify: false,
      rolldownOptions: { output: { format: 'es', entryFileNames: 'server.mjs', codeSplitting: false } },
    },
  });
  const { version, dependencies } = v.parse(
    project,
    JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')),
  );
  const names = Object.keys(dependencies).filter(name => importsOf(built).some(one => isOf(one, name)));
  const needed = Object.fromEntries(names.map(name => [name, dependencies[name]]));
  writeFileSync(
    join(folder, 'package.json'),
    `${JSON.stringify(
      {
        name: 'crm-chat-roles-server',
        version,
        private: true,
        type: 'module',
        engines: { node: '>=22.12' },
        scripts: { start: 'node server.mjs' },
        dependencies: needed,
      },
      null,
      2,
    )}\n`,
  );
}

/** The packages that the bundle imports at run time, without those of the widget. */
const importsOf = (built: Awaited<ReturnType<typeof build>>): readonly string[] =>
  [built]
    .flat()
    .flatMap(one =>
      'output' in one
        ? one.output.flatMap(part => (part.type === 'chunk' ? [...part.imports, ...part.dynamicImports] : []))
        : [],
    );

const isOf = (imported: string, name: string): boolean =>
  imported === name || imported.startsWith(`${name}/`);
