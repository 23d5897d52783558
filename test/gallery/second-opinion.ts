/**
 * Checks rules of WCAG 2.2 with a second engine, IBM's Equal Access. It finds problems that axe accepts: small targets
 * far from others, attributes that contradict each other, and labels hidden from the people who need them.
 */
import { createRequire } from 'node:module';
import type { Page } from 'playwright';

const ENGINE = createRequire(import.meta.url).resolve('accessibility-checker-engine/ace.js');

/** The parts of the report that are used. */
type Report = {
  readonly results: readonly {
    readonly ruleId: string;
    readonly value: readonly string[];
    readonly message: string;
    readonly snippet: string;
  }[];
};
type Engine = {
  readonly Checker: new () => {
    readonly check: (node: Document, rules: readonly string[]) => Promise<Report>;
  };
};

declare global {
  interface Window {
    ace?: Engine;
  }
}

/** Returns the violations anywhere in the page. */
export async function secondOpinion(page: Page): Promise<readonly string[]> {
  if (!(await page.evaluate(() => 'ace' in window))) await page.addScriptTag({ path: ENGINE });
  return page.evaluate(async () => {
    if (!window.ace) throw new Error('The second engine was not loaded');
    const { results } = await new window.ace.Checker().check(document, ['WCAG_2_2']);
    return results
      .filter(({ value }) => value[1] === 'FAIL')
      .map(({ ruleId, message, snippet }) => `${ruleId}: ${message} ${snippet.slice(0, 160)}`);
  });
}
