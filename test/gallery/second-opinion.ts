/**
 * Rules of WCAG 2.2 as a second engine, IBM's Equal Access, checks them. It finds what axe lets pass: small targets that stand
 * apart from others, contradicting or repeated attributes, labels that are hidden from those who need them.
 */
import { createRequire } from 'node:module';
import type { Page } from 'playwright';

const ENGINE = createRequire(import.meta.url).resolve('accessibility-checker-engine/ace.js');

/** Only the parts that are used. */
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

/** All broken rules in the page. */
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
