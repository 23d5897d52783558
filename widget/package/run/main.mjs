/** `node widget/package/run/main.mjs server/node/listen.ts …` runs modules of the project one after the other. */
import { load } from './load.mjs';

const given = process.argv.slice(2);
const modules = given.filter(one => one.endsWith('.ts'));
// Puts the other arguments where the modules expect them.
process.argv.splice(2, given.length, ...given.filter(one => !modules.includes(one)));
for (const module of modules) await load(module);
