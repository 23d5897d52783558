/** `npm run demo`: dist/demo/, the sandbox as a folder of files that runs from any static server. */
import { root } from './install.mjs';
import { load } from './load.mjs';

const { packWidget } = await load('widget/package/package.ts');
const { buildDemo } = await load('test/sandbox/demo/build.ts');
const packages = await packWidget({ root, chatUrl: process.env.CHAT_URL ?? '' });
await buildDemo(packages.amocrm.zip, `${root}/dist/demo`);
console.log('dist/demo/  serve it from anywhere over https, or from localhost');
