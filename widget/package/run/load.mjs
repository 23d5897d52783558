/** Loads TypeScript modules of the project into Node, which cannot load them itself before version 22. */
import { ensureInstalled, root } from './install.mjs';

let runner;

/** Modules loaded one after another share their imports, and may import more while they run. */
export async function load(path) {
  ensureInstalled();
  runner ??= await started();
  return runner.import(`${root}/${path}`);
}

/**
 * Like vite's own `runnerImport`, which however closes the runner after the first import, so that later `import()`
 * calls fail.
 */
async function started() {
  const { createRunnableDevEnvironment, resolveConfig } = await import('vite');
  const config = await resolveConfig(
    {
      configFile: false,
      root,
      logLevel: 'warn',
      envDir: false,
      environments: {
        inline: {
          consumer: 'server',
          dev: { moduleRunnerTransform: true },
          resolve: { external: true, mainFields: [], conditions: ['node'] },
        },
      },
    },
    'serve',
  );
  const environment = createRunnableDevEnvironment('inline', config, {
    runnerOptions: { hmr: { logger: false } },
    hot: false,
  });
  await environment.init();
  return environment.runner;
}
