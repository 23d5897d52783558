/** Loads a TypeScript module of the project into Node, which alone would not understand it before version 22. */
import { ensureInstalled, root } from './install.mjs';

export async function load(path) {
  ensureInstalled();
  const { runnerImport } = await import('vite');
  const { module } = await runnerImport(`${root}/${path}`, { configFile: false, root, logLevel: 'warn' });
  return module;
}
