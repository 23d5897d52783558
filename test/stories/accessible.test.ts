/**
 * What each view is for people who do not see it, or see it badly: no rule of WCAG 2.2 AA that a program can check is
 * broken, in any state of the gallery and in both themes, and in the CRM's own page.
 */
import { createRequire } from 'node:module';
import type axe from 'axe-core';
import type { Page } from 'playwright';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { galleryPage } from '../gallery/gallery-page.ts';
import { STATES } from '../gallery/page/catalogue.ts';
import { stickingOut } from '../gallery/sticking-out.ts';
import { chatWindow, NAMES, openCard, openSettings } from './office.ts';
import { connected } from './setting-up.ts';
import { stages, type Stage } from './stage.ts';

const names = NAMES.ru;
const AXE = createRequire(import.meta.url).resolve('axe-core');

const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** Broken rules inside our own corners of the page, with the element that breaks them. */
async function brokenRules(page: Page, within: string, rules?: readonly string[]): Promise<string[]> {
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

describe('in the gallery', () => {
  const gallery = galleryPage();

  it.each([...STATES.keys()])('%s breaks no rule, light and dark', async state => {
    await gallery.draw(state);
    await gallery.show({ theme: 'light', language: 'ru', width: 720 });
    expect(await brokenRules(gallery.page(), '#place')).toEqual([]);
    // A theme changes colours and nothing else.
    await gallery.show({ theme: 'dark', language: 'ru', width: 720 });
    expect(await brokenRules(gallery.page(), '#place', ['color-contrast'])).toEqual([]);
  });

  /** The largest of each view. */
  const FULL = ['panel-default-channel', 'panel-how-taken', 'roles-selected', 'roles-conflict', 'card-give'];

  it.each(FULL)('%s cuts nothing with letters of twice the size', async state => {
    await gallery.draw(state);
    await gallery.page().addStyleTag({ content: '#place div { font-size: 26px }' });
    await gallery.page().evaluate(() => {
      for (const one of document.querySelectorAll('#place *')) {
        const larger = new CSSStyleSheet();
        larger.replaceSync(':host { font-size: 26px !important }');
        one.shadowRoot?.adoptedStyleSheets.push(larger);
      }
    });
    await gallery.show({ theme: 'light', language: 'ru', width: 720 });
    expect(await stickingOut(gallery.page())).toEqual([]);
  });

  it.each(FULL)('%s shows in forced colours what is chosen, and keeps its edges', async state => {
    await gallery.page().emulateMedia({ forcedColors: 'active' });
    await gallery.draw(state);
    expect(await brokenRules(gallery.page(), '#place')).toEqual([]);
    await gallery.page().emulateMedia({ forcedColors: null });
  });
});

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
    await page.getByRole('dialog', { name: names.dialog }).getByRole('radio').first().waitFor();
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
