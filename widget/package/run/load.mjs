/** Loads TypeScript modules of the project into Node, which alone would not understand them before version 22. */
import { ensureInstalled, root } from './install.mjs';

let runner;

/** Modules that are loaded one after another share what they import, and may import more as they run. */
export async function load(path) {
  ensureInstalled();
  runner ??= await started();
  return runner.import(`${root}/${path}`);
}

/** As vite's own `runnerImport`, which ends the runner with the first import: later `import()` calls would fail. */
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
