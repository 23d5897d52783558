/**
 * `npm run soak`: tests that take longer than a person waits. Two hours of an office's day by the world's clock (SEED=…
 * for another day), every picture and state of the gallery, ten thousand employees, hostile names, unusual host pages,
 * ten thousand runs of an account whose clients the server follows and of each claim scenario, and fifty rounds of five
 * browsers that press at once while the server is killed (SEED=… ROUNDS=… for others).
 */
import { ensureInstalled, run } from '../../widget/package/run/install.mjs';

ensureInstalled();
process.env.SOAK = 'long';
const only = process.argv.slice(2);
// Longer here than in `npm test`: every width, every call that may fail.
if (only.length === 0)
  run('npx', [
    'vitest',
    'run',
    '--project',
    'browser',
    '--project',
    'server',
    '--project',
    'models',
    'follow-model',
    'claims-day',
    'claims/model',
    'ten-in-sight',
  ]);
run('npx', ['vitest', 'run', '--project', 'soak', '--project', 'soak-views', ...only]);
