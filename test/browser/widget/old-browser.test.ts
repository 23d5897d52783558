/** A browser older than the oldest supported ones shows a sentence in the widget's place, and nothing else. */
import { readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { SELLER_A } from '../../world/people.ts';
import { onStage, openBrowser } from '../../support/sandbox-page.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

const zip = (): Uint8Array => readFileSync(`${inject('packageFolder')}/widget.zip`);
const SENTENCE = /^This browser is too old for the widget\. Nothing has changed\./;

/** Chromium before 109, Safari before 16.4, Firefox before 115. */
const AGEING = {
  Chromium: () => {
    Reflect.deleteProperty(window, 'MathMLElement');
  },
  Safari: () => {
    Reflect.deleteProperty(CSSStyleSheet.prototype, 'replaceSync');
  },
  Firefox: () => {
    Reflect.set(window, 'mozInnerScreenX', 0);
    Reflect.deleteProperty(URL, 'canParse');
  },
};

/** Scripts of the widget that were loaded, and errors of the page. */
function watch(page: Page): { readonly loaded: string[]; readonly complaints: string[] } {
  const [loaded, complaints]: [string[], string[]] = [[], []];
  page.on('request', request => {
    // The page before this one may still be loading.
    if (request.isNavigationRequest()) loaded.length = 0;
    const file = /\/upl\/crm_chat_roles\/widget\/([\w.-]+\.js)/.exec(request.url())?.[1];
    if (file) loaded.push(file.replace(/-[\w-]{8}\.js/, ''));
  });
  page.on('pageerror', error => complaints.push(error.message));
  return { loaded, complaints };
}

describe.each(Object.entries(AGEING))('an older %s', (_, grow) => {
  it('shows a sentence in a card, and loads nothing else', async () => {
    await onStage(browser, { zip: zip() }, async ({ sandbox, open }) => {
      const { id } = sandbox.world.crm.addContact('Anna', [], SELLER_A);
      const page = await open('seller-a');
      await page.addInitScript(grow);
      const seen = watch(page);
      await page.goto(`${sandbox.addressOf('seller-a')}contacts/detail/${id}`);
      await page.getByText(SENTENCE).waitFor();
      expect(await page.getByRole('button', { name: 'I’m responsible' }).count()).toBe(0);
      expect(seen).toEqual({ loaded: ['script.js', 'old-browser'], complaints: [] });
    });
  });
});

describe('an older browser', () => {
  it('shows a sentence in the settings, also after Install has changed the modal', async () => {
    await onStage(browser, { zip: zip(), installed: false }, async ({ open }) => {
      const page = await open('office');
      await page.addInitScript(AGEING.Safari);
      const { complaints } = watch(page);
      await page.goto(`${new URL(page.url()).origin}/settings/widgets`);
      await page.getByRole('button', { name: 'Chat roles' }).click();
      await page.getByText(SENTENCE).waitFor();
      await page.getByRole('button', { name: 'Install' }).click();
      await page.getByText('Installed').first().waitFor();
      await page.getByText(SENTENCE).waitFor();
      expect(await page.getByText(SENTENCE).count()).toBe(1);
      expect(complaints).toEqual([]);
    });
  });

  it('shows a sentence when contacts are picked in a list', async () => {
    await onStage(browser, { zip: zip() }, async ({ sandbox, open }) => {
      sandbox.world.crm.addContact('Anna', [], SELLER_A);
      const page = await open('seller-a');
      await page.addInitScript(AGEING.Safari);
      await page.goto(`${sandbox.addressOf('seller-a')}contacts`);
      await page.getByRole('checkbox', { name: 'Anna' }).check();
      await page.getByRole('complementary', { name: 'Widgets' }).getByText(SENTENCE).waitFor();
      await page.getByRole('button', { name: 'Chat roles' }).click();
      await page.getByRole('log').getByText(SENTENCE).waitFor();
      expect(await page.getByText(SENTENCE).count()).toBe(2);
    });
  });
});
