/**
 * `npm run soak`: what takes longer than a person waits. Two hours of an office's day by the world's clock (SEED=… another
 * one), every picture and every state of the gallery.
 */
import { ensureInstalled, run } from './install.mjs';

ensureInstalled();
process.env.SOAK = 'long';
run('npx', ['vitest', 'run', '--project', 'soak', ...process.argv.slice(2)]);
