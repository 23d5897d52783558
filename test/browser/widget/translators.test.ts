/** A page translator, such as Chrome's own, must leave our texts alone: it would move them into elements that are not ours. */
import { readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { connected } from '../../support/setting-up.ts';
import { onStage, openBrowser } from '../../support/sandbox-page.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

const zip = (): Uint8Array => readFileSync(`${inject('packageFolder')}/widget.zip`);

/** The number of our texts on the page, and those that lack one of the two marks against translation. */
const ours = (page: Page): Promise<{ readonly texts: number; readonly translated: readonly string[] }> =>
  page.evaluate(() => {
    const roots = [...document.querySelectorAll('.crm-chat-roles *')].flatMap(one => one.shadowRoot ?? []);
    const elements = roots
      .flatMap(root => Array.from(root.querySelectorAll<HTMLElement>('*')))
      .filter(one => [...one.childNodes].some(child => child.nodeType === Node.TEXT_NODE));
    const places = [...document.querySelectorAll<HTMLElement>('.crm-chat-roles, .crm-chat-roles > *')];
    const isTaken = (one: HTMLElement): boolean => one.translate || !one.closest('.notranslate');
    return {
      texts: elements.length,
      translated: [...places, ...elements].filter(isTaken).map(one => one.outerHTML.slice(0, 80)),
    };
  });

describe('a page translator leaves alone', () => {
  it('the settings, and the dialog that opens from them', async () => {
    await onStage(browser, { zip: zip() }, async ({ sandbox, open }) => {
      connected(sandbox);
      const page = await open('office', 'settings/widgets');
      await page.getByRole('button', { name: 'Chat roles' }).click();
      await page.getByRole('button', { name: 'Select' }).click();
      await page.getByRole('dialog', { name: 'Employee roles' }).getByRole('row').nth(1).waitFor();
      const { texts, translated } = await ours(page);
      expect(texts).toBeGreaterThan(40);
      expect(translated).toEqual([]);
    });
  });

  it('the card, before and after the claim', async () => {
    await onStage(browser, { zip: zip() }, async ({ sandbox, open }) => {
      connected(sandbox);
      const page = await open('seller-a', `contacts/detail/${sandbox.world.clientWrites().id}`);
      const claim = page.getByRole('button', { name: 'I’m responsible' });
      await claim.waitFor();
      expect(await ours(page)).toMatchObject({ translated: [] });
      await claim.click();
      await page.getByText(/Other sales reps no longer see the chat/).waitFor();
      const { texts, translated } = await ours(page);
      expect(texts).toBeGreaterThan(3);
      expect(translated).toEqual([]);
    });
  });
});
