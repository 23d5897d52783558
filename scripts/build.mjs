/**
 * `npm run build`: for each marketplace dist/<name>/ with widget.zip in it, and the server in dist/server/. With --release
 * it refuses what must not be published; without, it only says so.
 */
import { parseArgs } from 'node:util';
import { root } from './install.mjs';
import { load } from './load.mjs';

/** Ends with a sentence, not with a stack. */
const refuse = sentence => {
  console.error(sentence);
  process.exit(1);
};

const isRelease = (() => {
  try {
    return parseArgs({ options: { release: { type: 'boolean', default: false } } }).values.release;
  } catch {
    return refuse('npm run build knows one option: npm run build -- --release');
  }
})();

const chatUrl = process.env.CHAT_URL ?? '';
const { releaseFaults } = await load('widget/package/release.ts');
const faults = releaseFaults(root, chatUrl);
if (isRelease && faults.length > 0)
  refuse(`Not built, because it is not ready to be published:\n${faults.join('\n')}`);

const { packWidget, writePackages } = await load('widget/package/package.ts');
const packages = await packWidget({ root, chatUrl });
await writePackages(packages, `${root}/dist`);
for (const [marketplace, { zip, files }] of Object.entries(packages)) {
  const languages = [...files.keys()].flatMap(name => /^i18n\/(.+)\.json$/.exec(name)?.[1] ?? []);
  console.log(
    `dist/${marketplace}/widget.zip`.padEnd(24) +
      `${(zip.length / 1024).toFixed(0)} KB, ${files.size} files, ${languages.join(' ')}`,
  );
}
const { buildServer } = await load('server/node/build.ts');
await buildServer(root, `${root}/dist/server`);
console.log('dist/server/server.mjs');
if (faults.length > 0)
  console.warn(
    `\nBuilt, but not ready to be published (npm run build -- --release refuses it):\n${faults.join('\n')}`,
  );
