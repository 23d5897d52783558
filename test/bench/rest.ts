/** When a page asks for nothing more. The browser's own word for it is said once a document and holds for ever after. */
import type { Page } from 'playwright';

/** The widget asks the CRM five times a second at most; what waits for that has gone out within another second. */
const REST_MS = 2200;

export const rested = async (page: Page): Promise<void> => {
  await page.waitForFunction(isRested, REST_MS, { timeout: 120_000 });
};

/** Runs in the page. */
const isRested = (rest: number): boolean =>
  performance
    .getEntriesByType('resource')
    .every(
      ({ name, startTime, duration }) =>
        !name.includes('/api/') || performance.now() - startTime - duration > rest,
    );
