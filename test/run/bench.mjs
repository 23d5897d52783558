/** `npm run bench`: how fast and how light the widget is. Options: --only bytes,card. */
import { parseArgs } from 'node:util';
import { root } from './install.mjs';
import { load } from './load.mjs';

const { values } = parseArgs({ options: { only: { type: 'string', default: '' } } });
const { bench } = await load('test/bench/bench.ts');
process.exitCode = await bench(root, values.only.split(',').filter(Boolean));
