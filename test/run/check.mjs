/** `npm test`: everything that CI checks, in the order in which it fails fastest. Parameters go on to vitest. */
import { ensureInstalled, run } from './install.mjs';

ensureInstalled();
const only = process.argv.slice(2);
if (only.length === 0) {
  run('npx', ['tsc', '-p', '.']);
  run('npx', ['oxlint', '--type-aware']);
  run('npx', ['oxfmt', '--check', '.']);
}
// What takes longer than a person waits has a command of its own: `npm run soak`.
const projects = only.some(one => one.startsWith('--project')) ? [] : ['--project', '!soak'];
run('npx', ['vitest', 'run', ...projects, ...only]);
