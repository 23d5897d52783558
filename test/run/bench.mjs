/**
 * `npm run bench`: measures how fast and how small the widget is. Options: --only bytes,card; --peers for comparable
 * grids.
 */
import { parseArgs } from 'node:util';
import { root } from '../../widget/package/run/install.mjs';
import { load } from '../../widget/package/run/load.mjs';

const { values } = parseArgs({
  options: { only: { type: 'string', default: '' }, peers: { type: 'boolean', default: false } },
});
const { bench } = await load('test/bench/bench.ts');
process.exitCode = await bench(root, values.only.split(',').filter(Boolean), values.peers);
