/**
 * How the tests run. The package itself is bundled by widget/package/, because what the CRM loads is no ordinary
 * library build.
 */
import { defineConfig } from 'vitest/config';
import { unfinishedFiles } from './test/run/unfinished.ts';

const inlined = { server: { deps: { inline: ['@testing-library/preact'] } } };

/**
 * Whole grids, such as each request against each fault, and all that takes a browser long. `npm test` tries the same kinds on
 * single cases; `npm run soak` runs these.
 */
const LONG = [
  'test/browser/{faults,hostile,rough-host}/**/*.test.ts',
  'test/browser/sandbox/{foreign-widget,loader-rest}.test.ts',
  'test/browser/widget/loader-variants.test.ts',
  // Each of these tells in more ways what one of the others tells once.
  'test/stories/{connecting,examples,guest,large-account,letting-roles,more-examples,one-browser}.test.ts',
  'test/stories/{outcomes,press-too-many,race,reader,second-press,stillness,strict,translated}.test.ts',
  'test/stories/{soak,two-admins}.test.ts',
  'test/server/{chaos,claims-model}.test.ts',
  'test/unit/faults/**/*.test.ts',
];
const LONG_VIEWS = ['test/component/faults/**/*.test.tsx', 'test/component/seller/card/thrown.test.tsx'];

/**
 * Models of claims, with millions of awaits. Each has a worker of its own, because in a worker that has run files of other
 * tests they take twenty times as long.
 */
const MODELS = [
  'test/unit/server/**/{model,claims-model,crash}.test.ts',
  'test/unit/seller/claim/deaths.test.ts',
];

const views = (name: string, include: string[], exclude: string[] = []) => ({
  extends: true as const,
  test: {
    ...inlined,
    name,
    testTimeout: 30_000,
    environment: 'happy-dom' as const,
    environmentOptions: { happyDOM: { url: 'https://crm.amocrm.ru/' } },
    include,
    exclude,
  },
});

const inBrowser = (name: string, include: string[], exclude: string[] = []) => ({
  extends: true as const,
  test: {
    name,
    include,
    exclude,
    environment: 'node' as const,
    testTimeout: 60_000,
    expect: { poll: { timeout: 20_000 } },
    hookTimeout: 60_000,
  },
});

export default defineConfig({
  define: { __CHAT_URL__: '""' },
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  test: {
    globalSetup: ['test/run/global-setup.ts'],
    reporters: ['default', unfinishedFiles()],
    // More workers are not faster on two cores: browsers and databases of the tests need them too.
    maxWorkers: 2,
    // Files of a worker share imported modules. Importing everything for each file would take a fifth of the time, and
    // modules keep no state between files.
    isolate: false,
    projects: [
      {
        extends: true,
        // The same patience as for components: builds take long on a busy machine.
        test: {
          name: 'unit',
          environment: 'node',
          testTimeout: 30_000,
          hookTimeout: 30_000,
          include: ['test/unit/**/*.test.ts'],
          exclude: [...LONG, ...MODELS],
        },
      },
      {
        extends: true,
        test: {
          name: 'models',
          environment: 'node',
          isolate: true,
          testTimeout: 30_000,
          include: MODELS,
        },
      },
      views('component', ['test/component/**/*.test.tsx'], LONG_VIEWS),
      {
        extends: true,
        // Databases and processes of the server's own.
        test: {
          name: 'server',
          environment: 'node',
          testTimeout: 60_000,
          // Processes take their time on a busy machine.
          expect: { poll: { timeout: 20_000 } },
          hookTimeout: 60_000,
          include: ['test/server/**/*.test.ts'],
          exclude: LONG,
        },
      },
      inBrowser('browser', ['test/browser/**/*.test.ts', 'test/stories/**/*.test.ts'], LONG),
      // In browsers that not everybody has: `npm run browsers`.
      inBrowser('engines', ['test/engines/**/*.test.ts']),
      // Longer than anybody waits for: `npm run soak`.
      views('soak-views', LONG_VIEWS),
      inBrowser('soak', ['test/{soak,bench}/**/*.test.ts', ...LONG]),
    ],
  },
});
