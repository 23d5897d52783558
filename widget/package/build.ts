/**
 * The widget's half of `npm run build`: dist/<marketplace>/ with widget.zip in it. With --release it refuses content
 * that must not be published; without, it only reports it.
 */
import { cp } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { packWidget, writePackages } from './package.ts';
import { packPages, PICTURES, writePages } from './pages.ts';
import { releaseFaults } from './release.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const chatUrl = process.env['CHAT_URL'] ?? '';

/** Ends the build with a message and without a stack trace. */
function refuse(sentence: string): never {
  console.error(sentence);
  process.exit(1);
}

function isRelease(): boolean {
  try {
    return parseArgs({ options: { release: { type: 'boolean', default: false } } }).values.release;
  } catch {
    return refuse('npm run build has only one option: npm run build -- --release');
  }
}

const refusesFaults = isRelease();
const faults = releaseFaults(root, chatUrl);
if (refusesFaults && faults.length > 0)
  refuse(`Not built, because the package is not ready to be published:\n${faults.join('\n')}`);

const packages = await packWidget({ root, chatUrl });
await writePackages(packages, `${root}/dist`);
const pages = await packPages(root);
await writePages(pages, `${root}/dist/pipedrive`);
await cp(`${root}/${PICTURES}`, `${root}/dist/pipedrive/pictures`, { recursive: true });
for (const [marketplace, { zip, files }] of Object.entries(packages)) {
  const languages = [...files.keys()].flatMap(name => /^i18n\/(.+)\.json$/.exec(name)?.[1] ?? []);
  console.log(
    `dist/${marketplace}/widget.zip`.padEnd(24) +
      `${(zip.length / 1024).toFixed(0)} KB, ${files.size} files, ${languages.join(' ')}`,
  );
}
console.log('dist/pipedrive/'.padEnd(24) + `${pages.size} files, and pictures for the listing`);
if (faults.length > 0)
  console.warn(
    `\nBuilt, but not ready to be published (npm run build -- --release refuses it):\n${faults.join('\n')}\n`,
  );
