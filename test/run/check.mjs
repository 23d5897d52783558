/** `npm test`: everything that CI checks, in the order in which it fails fastest. Parameters go on to vitest. */
import { ensureInstalled, run } from '../../widget/package/run/install.mjs';

ensureInstalled();
const only = process.argv.slice(2);
if (only.length === 0) for (const name of ['typecheck', 'lint']) run('npm', ['run', '--silent', name]);
// What takes longer than a person waits, and what needs other browsers, have commands of their own: `npm run soak`,
// `npm run browsers`. Two projects cannot be left out by name: each `!` lets the other in.
const PROJECTS = ['unit', 'component', 'server', 'browser'];
const projects = only.some(one => one.startsWith('--project'))
  ? []
  : PROJECTS.flatMap(name => ['--project', name]);
run('npx', ['vitest', 'run', ...projects, ...only]);
