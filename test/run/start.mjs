/**
 * `npm start`, `npm run sandbox`: installs what is missing, builds the package and serves it in an emulated CRM, then
 * prints its address. With --watch (`npm run dev`) it builds again at each change and reloads the open pages.
 * --help lists the options.
 */
import { watch } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { root } from './install.mjs';
import { load } from './load.mjs';

const { HELP, NotUnderstood, sandboxArguments } = await load('test/run/sandbox-arguments.ts');

/** Ends with a sentence, not with a stack. */
const refuse = sentence => {
  console.error(sentence);
  process.exit(1);
};

const told = (() => {
  try {
    return sandboxArguments(process.argv.slice(2));
  } catch (error) {
    if (!(error instanceof NotUnderstood)) throw error;
    return refuse(error.message);
  }
})();
if (told.help) {
  console.log(HELP);
  process.exit(0);
}

const foreign = told.widget && {
  name: basename(told.widget),
  zip: await readFile(told.widget).catch(() => refuse(`--widget ${told.widget}: there is no such file.`)),
};

const { packWidget, writePackages } = await load('widget/package/package.ts');
const { startSandbox } = await load('test/sandbox/sandbox.ts');

const pack = async () => {
  const packages = await packWidget({ root, chatUrl: process.env.CHAT_URL ?? '' });
  await writePackages(packages, `${root}/dist`);
  return packages[told.brand].zip;
};

const { port, size, language, brand, limiter, ready, disturbances } = told;
const sandbox = await startSandbox({
  zip: await pack(),
  port,
  size,
  language,
  brand,
  limiter,
  ready,
  disturbances,
  ...(foreign && { foreign }),
  reload: told.watch,
}).catch(error => refuse(error instanceof Error ? error.message : String(error)));
console.log(`\n  The CRM:          ${sandbox.officeAddress}`);
console.log(`  Gateway address:  ${sandbox.gatewayAddress}  (type it into the widget's settings)\n`);

if (told.watch) {
  let waiting;
  const rebuild = async () => {
    try {
      sandbox.install(await pack());
      console.log(`Built again at ${new Date().toLocaleTimeString()}`);
    } catch (error) {
      console.error(error instanceof Error ? error.message : error);
    }
  };
  for (const folder of ['widget', 'locales', 'manifest.json']) {
    watch(`${root}/${folder}`, { recursive: folder !== 'manifest.json' }, () => {
      clearTimeout(waiting);
      waiting = setTimeout(rebuild, 100);
    });
  }
}

for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, () => void sandbox.close().then(() => process.exit(0)));
}
