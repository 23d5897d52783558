/**
 * How the tests run. The package itself is bundled by widget/package/, because what the CRM loads is no ordinary
 * library build.
 */
import { defineConfig } from 'vitest/config';
import { unfinishedFiles } from './test/run/unfinished.ts';

const inlined = { server: { deps: { inline: ['@testing-library/preact'] } } };

/** A quarter of the browser tests' time. `npm test` tries the same kinds in unit tests, component tests and stories. */
const LONG = ['test/browser/{hostile,rough-host}/**/*.test.ts', 'test/stories/large-account.test.ts'];

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
    // Stories mostly wait for a browser: two at a time share two cores well.
    maxWorkers: 2,
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
        },
      },
      {
        extends: true,
        test: {
          ...inlined,
          name: 'component',
          // Importing everything anew for each file takes a third of the time; no module of ours keeps anything.
          isolate: false,
          testTimeout: 30_000,
          environment: 'happy-dom',
          environmentOptions: { happyDOM: { url: 'https://crm.amocrm.ru/' } },
          include: ['test/component/**/*.test.tsx'],
        },
      },
      {
        extends: true,
        // Databases and processes of the server's own.
        test: {
          name: 'server',
          environment: 'node',
          testTimeout: 60_000,
          hookTimeout: 60_000,
          include: ['test/server/**/*.test.ts'],
        },
      },
      inBrowser('browser', ['test/browser/**/*.test.ts', 'test/stories/**/*.test.ts'], LONG),
      // In browsers that not everybody has: `npm run browsers`.
      inBrowser('engines', ['test/engines/**/*.test.ts']),
      // Longer than anybody waits for: `npm run soak`.
      inBrowser('soak', ['test/{soak,bench}/**/*.test.ts', 'test/stories/soak.test.ts', ...LONG]),
    ],
  },
});
