/** What each view is for people who do not see it, or see it badly: no rule of WCAG that a program can check is broken. */
import { createRequire } from 'node:module';
import type axe from 'axe-core';
import type { Page } from 'playwright';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { chatWindow, NAMES, openCard, openSettings, roleRow } from './office.ts';
import { connected } from './setting-up.ts';
import { stages, type Stage } from './stage.ts';

const names = NAMES.ru;
const AXE = createRequire(import.meta.url).resolve('axe-core');

const browser = stages();
let stage: Stage;
beforeEach(async () => {
  stage = await browser.stage();
  connected(stage);
});
afterEach(() => stage.close());

/** Broken rules inside our own corners of the page, with the element that breaks them. */
async function brokenRules(page: Page, within: string): Promise<string[]> {
  await page.addScriptTag({ path: AXE });
  return page.evaluate(async place => {
    const { run }: typeof axe = Reflect.get(window, 'axe');
    const { violations } = await run(
      { include: [place] },
      { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] },
    );
    return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`));
  }, within);
}
const turnDark = (page: Page): Promise<void> =>
  page.evaluate(() => {
    document.documentElement.dataset['colorScheme'] = 'dark';
  });

describe.each(['light', 'dark'])('in the %s theme', theme => {
  const themed = async (page: Page): Promise<Page> => {
    if (theme === 'dark') await turnDark(page);
    return page;
  };

  it('the settings and the roles dialog break no rule', async () => {
    const page = await themed(await stage.open('office'));
    await openSettings(page, names);
    await themed(page);
    await page.getByRole('button', { name: names.select }).waitFor();
    expect(await brokenRules(page, '.widget_settings_block__fields')).toEqual([]);
    await page.getByRole('button', { name: names.select }).click();
    await roleRow(page, 'Вера Волкова').getByRole('radio', { name: names.seller }).check();
    await roleRow(page, 'Вера Волкова').getByRole('checkbox').check();
    expect(await brokenRules(page, '.widget_settings_block__fields')).toEqual([]);
  });

  it('the card breaks no rule, before and after a claim', async () => {
    const client = stage.world.clientWrites();
    const page = await stage.open('seller-a');
    await openCard(page, client.id);
    await themed(page);
    await chatWindow(page, names).getByRole('listitem').waitFor();
    expect(await brokenRules(page, '.card-widgets__widget-crm_chat_roles')).toEqual([]);
    await page.getByRole('button', { name: names.claim }).click();
    await page.getByText(names.told).waitFor();
    expect(await brokenRules(page, '.crm-chat-roles-body')).toEqual([]);
  });
});
