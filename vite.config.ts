/**
 * How the tests run. The package itself is bundled by widget/package/, because what the CRM loads is no ordinary
 * library build.
 */
import { defineConfig } from 'vitest/config';
import { unfinishedFiles } from './test/run/unfinished.ts';

const inlined = { server: { deps: { inline: ['@testing-library/preact'] } } };

const inChromium = (name: string, include: string[]) => ({
  extends: true as const,
  test: {
    name,
    include,
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
      inChromium('browser', ['test/browser/**/*.test.ts', 'test/stories/**/*.test.ts']),
      // Longer than anybody waits for: `npm run soak`.
      inChromium('soak', ['test/soak/**/*.test.ts', 'test/stories/soak.test.ts']),
    ],
  },
});
