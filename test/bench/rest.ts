/** Detects when a page sends no more requests. The browser's own event for this comes once per document. */
import type { Page } from 'playwright';

/** The widget sends at most five requests a second to the CRM; a request that waits for its turn is sent within another second. */
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
