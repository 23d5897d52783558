/** `npm run soak`: two hours of an office's day by the world's clock, in minutes. SEED=… repeats another one. */
import { ensureInstalled, run } from './install.mjs';

ensureInstalled();
process.env.SOAK = 'long';
run('npx', ['vitest', 'run', '--project', 'browser', 'test/stories/soak.test.ts']);
