/**
 * `npm run soak`: what takes longer than a person waits. Two hours of an office's day by the world's clock (SEED=… another
 * one), every picture and every state of the gallery, ten thousand employees, hostile names, pages as they are met in
 * the wild, ten thousand lives of an account whose clients the server follows and of each scenario of claims, and fifty
 * rounds of five browsers that press at once before a server that is killed (SEED=… ROUNDS=… other ones).
 */
import { ensureInstalled, run } from '../../widget/package/run/install.mjs';

ensureInstalled();
process.env.SOAK = 'long';
const only = process.argv.slice(2);
// They are longer here than in `npm test`: every width, every call that may break.
if (only.length === 0)
  run('npx', [
    'vitest',
    'run',
    '--project',
    'browser',
    '--project',
    'server',
    '--project',
    'unit',
    'follow-model',
    'claims-day',
    'claims/model',
    'ten-in-sight',
  ]);
run('npx', ['vitest', 'run', '--project', 'soak', '--project', 'soak-views', ...only]);
