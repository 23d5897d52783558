/** `npm test`: everything that CI checks, fastest failures first. Parameters are passed to vitest. */
import { ensureInstalled, run } from '../../widget/package/run/install.mjs';

ensureInstalled();
const only = process.argv.slice(2);
if (only.length === 0) for (const name of ['typecheck', 'lint']) run('npm', ['run', '--silent', name]);
// Slow tests and tests in other browsers have their own commands: `npm run soak`, `npm run browsers`. Projects are
// listed because two cannot be excluded by name: each `!` would include the other.
const PROJECTS = ['unit', 'models', 'component', 'server', 'browser'];
const projects = only.some(one => one.startsWith('--project'))
  ? []
  : PROJECTS.flatMap(name => ['--project', name]);
run('npx', ['vitest', 'run', ...projects, ...only]);
