/**
 * How the tests run. The package itself is bundled by widget/package/, because what the CRM loads is no ordinary
 * library build.
 */
import { defineConfig } from 'vitest/config';

const inlined = { server: { deps: { inline: ['@testing-library/preact'] } } };

export default defineConfig({
  define: { __CHAT_URL__: '""' },
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  test: {
    globalSetup: ['test/run/global-setup.ts'],
    // Stories mostly wait for a browser: two at a time share two cores well.
    maxWorkers: 2,
    projects: [
      {
        extends: true,
        test: { name: 'unit', environment: 'node', include: ['test/unit/**/*.test.ts'] },
      },
      {
        extends: true,
        test: {
          ...inlined,
          name: 'component',
          testTimeout: 30_000,
          environment: 'happy-dom',
          environmentOptions: { happyDOM: { url: 'https://crm.amocrm.ru/' } },
          include: ['test/component/**/*.test.tsx'],
        },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          environment: 'node',
          include: ['test/browser/**/*.test.ts', 'test/stories/**/*.test.ts'],
          testTimeout: 60_000,
          expect: { poll: { timeout: 20_000 } },
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
