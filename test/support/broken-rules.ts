/** The rules of WCAG 2.2 AA that a program can check. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type axe from 'axe-core';
import type { Frame, Page } from 'playwright';

const AXE = createRequire(import.meta.url).resolve('axe-core');

const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** Violated rules inside the widget's own shadow roots, with the elements that violate them. */
export async function brokenRules(
  page: Page | Frame,
  within: string,
  rules?: readonly string[],
): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.addScriptTag({ path: AXE });
  return page.evaluate(
    async ({ place, runOnly }) => {
      const { run }: typeof axe = Reflect.get(window, 'axe');
      const { violations } = await run({ include: [place] }, { runOnly, resultTypes: ['violations'] });
      return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`));
    },
    { place: within, runOnly: [...(rules ?? WCAG)] },
  );
}

/** Inside our frame in the page. Its policy blocks added script tags, so axe is evaluated directly. */
export async function brokenInFrame(page: Page): Promise<readonly string[]> {
  // The one above the others.
  const frame = page.frames().findLast(one => one !== page.mainFrame());
  if (!frame) throw new Error('There is no frame');
  await frame.evaluate(readFileSync(AXE, 'utf8'));
  return brokenRules(frame, 'body');
}
