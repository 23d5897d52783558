/** `npm run build`: for each marketplace dist/<name>/ with widget.zip in it, and the server in dist/server/. */
import { root } from './install.mjs';
import { load } from './load.mjs';

const { packWidget, writePackages } = await load('widget/package/package.ts');
const packages = await packWidget({ root, chatUrl: process.env.CHAT_URL ?? '' });
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
