/**
 * `npm start`: installs what is missing, builds the package and serves it in an emulated CRM, then prints its
 * address. With --watch (`npm run dev`) it builds again at each change and reloads the open pages.
 * Options: --port 4173, --size 5, --lang ru.
 */
import { watch } from 'node:fs';
import { parseArgs } from 'node:util';
import { root } from './install.mjs';
import { load } from './load.mjs';

const { values } = parseArgs({
  options: {
    watch: { type: 'boolean', default: false },
    port: { type: 'string', default: '4173' },
    size: { type: 'string', default: '5' },
    lang: { type: 'string', default: 'ru' },
  },
});
const { packWidget, writePackage } = await load('widget/package/package.ts');
const { startSandbox } = await load('test/sandbox/sandbox.ts');

const pack = async () => {
  const packed = await packWidget({ root, chatUrl: process.env.CHAT_URL ?? '' });
  await writePackage(packed, `${root}/dist/amocrm`);
  return packed.zip;
};

const sandbox = await startSandbox({
  zip: await pack(),
  port: Number(values.port),
  size: Number(values.size),
  language: values.lang === 'en' ? 'en' : 'ru',
  reload: values.watch,
});
console.log(`\n  The CRM:          ${sandbox.officeAddress}`);
console.log(`  Gateway address:  ${sandbox.gatewayAddress}  (type it into the widget's settings)\n`);

if (values.watch) {
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
