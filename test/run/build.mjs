/** `npm run build`: dist/amocrm/ with widget.zip, and the gateway as one file for any Node. */
import { root } from './install.mjs';
import { load } from './load.mjs';

const { packWidget, writePackage } = await load('widget/package/package.ts');
const packed = await packWidget({ root, chatUrl: process.env.CHAT_URL ?? '' });
await writePackage(packed, `${root}/dist/amocrm`);
console.log(
  `dist/amocrm/widget.zip  ${(packed.zip.length / 1024).toFixed(1)} KB, ${packed.files.size} files`,
);
