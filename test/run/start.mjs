/**
 * `npm start`, `npm run sandbox`: installs missing packages, builds the widget's package, serves it in an emulated CRM,
 * and prints the address. With --watch (`npm run dev`) it rebuilds on each change and reloads the open pages. --help
 * lists the options.
 */
import { watch } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { root } from '../../widget/package/run/install.mjs';
import { load } from '../../widget/package/run/load.mjs';

const { HELP, NotUnderstood, sandboxArguments } = await load('test/run/sandbox-arguments.ts');

/** Exits with one sentence and without a stack trace. */
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

const { lines, rebuild, close } = await (told.brand === 'pipedrive' ? openPipedrive() : openGuest()).catch(
  error => refuse(error instanceof Error ? error.message : String(error)),
);
console.log(`\n${lines.map(line => `  ${line}`).join('\n')}\n`);

if (told.watch) {
  let waiting;
  const again = async () => {
    try {
      await rebuild();
      console.log(`Rebuilt at ${new Date().toLocaleTimeString()}`);
    } catch (error) {
      console.error(error instanceof Error ? error.message : error);
    }
  };
  for (const folder of ['domain', 'widget', 'locales', 'manifest.json']) {
    watch(`${root}/${folder}`, { recursive: folder !== 'manifest.json' }, () => {
      clearTimeout(waiting);
      waiting = setTimeout(again, 100);
    });
  }
}

for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, () => void close().then(() => process.exit(0)));
}

/** The CRM that shows our pages in a frame. */
async function openPipedrive() {
  const opening = await load('test/sandbox/pipedrive/open.ts');
  return opening.openPipedrive(root, told);
}

/** amoCRM or Kommo, in whose page the widget is a guest. */
async function openGuest() {
  const foreign = told.widget && {
    name: basename(told.widget),
    zip: await readFile(told.widget).catch(() => refuse(`--widget ${told.widget}: there is no such file.`)),
  };
  const { packWidget } = await load('widget/package/package.ts');
  const { startSandbox } = await load('test/sandbox/sandbox.ts');
  const { ANY_SERVER } = await load('test/sandbox/installed-package.ts');
  const pack = async () => {
    const packages = await packWidget({ root, chatUrl: ANY_SERVER });
    return packages[told.brand].zip;
  };
  const { port, size, language, brand, limiter, ready, disturbances, redirectUri, disableUri } = told;
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
    ...(redirectUri && { redirectUri }),
    ...(disableUri && { disableUri }),
    reload: told.watch,
  });
  sandbox.follow();
  const { api, settings } = sandbox.chatService;
  const [key] = sandbox.world.chat.keys.keys();
  const { uuid, secret } = sandbox.world.crm.integration;
  return {
    lines: [
      `The CRM:          ${sandbox.officeAddress}`,
      `The server:       ${sandbox.gatewayAddress}`,
      `Chat service:     ${api}/v3 and ${settings}/settings, with the key ${key}`,
      `Integration:      ${uuid}, secret "${secret}"; codes are issued at ${sandbox.consentAddress}`,
    ],
    rebuild: async () => sandbox.install(await pack()),
    close: sandbox.close,
  };
}
