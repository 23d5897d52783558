/**
 * Accessibility of each view in the CRM's own page: no rule of WCAG 2.2 AA that a program can check is broken.
 * `npm run soak` checks every single state.
 */
import type { Page } from 'playwright';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { brokenRules } from '../support/broken-rules.ts';
import { chatWindow, NAMES, openCard, openSettings } from '../support/crm-steps.ts';
import { connected } from '../support/setting-up.ts';
import { stages, type Stage } from '../support/browser-stage.ts';

const names = NAMES.ru;

describe('in the CRM', () => {
  const browser = stages();
  let stage: Stage;
  beforeEach(async () => {
    stage = await browser.stage();
    connected(stage);
  });
  afterEach(() => stage.close());

  it.each(['light', 'dark'])('settings, dialog and card break no rule in the %s theme', async colorScheme => {
    const themed = (page: Page): Promise<void> =>
      page.evaluate(theme => {
        document.documentElement.dataset['colorScheme'] = theme;
      }, colorScheme);
    const client = stage.world.clientWrites();
    const page = await stage.open('office');
    await openSettings(page, names);
    await themed(page);
    await page.getByRole('button', { name: names.select }).waitFor();
    expect(await brokenRules(page, '.widget_settings_block__fields')).toEqual([]);
    await page.getByRole('button', { name: names.select }).click();
    await page.getByRole('dialog', { name: names.dialog }).getByRole('row').nth(1).waitFor();
    expect(await brokenRules(page, '.widget_settings_block__fields')).toEqual([]);

    const sellers = await stage.open('seller-a');
    await openCard(sellers, client.id);
    await themed(sellers);
    await chatWindow(sellers, names).getByRole('listitem').waitFor();
    expect(await brokenRules(sellers, '.card-widgets__widget-crm_chat_roles')).toEqual([]);
    await sellers.getByRole('button', { name: names.claim }).click();
    await sellers.getByText(names.told).waitFor();
    expect(await brokenRules(sellers, '.crm-chat-roles-body')).toEqual([]);
  });
});
