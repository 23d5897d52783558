/** A real Chromium that is too old shows a sentence and breaks nothing. `npm run browsers` runs it. */
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import type { Browser, Page } from 'playwright';
import { onStage, openBrowser } from '../support/sandbox-page.ts';
import { SELLER_A } from '../world/people.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

const SENTENCE = /This browser is too old for the widget/;

it('an outdated Chromium shows a sentence in the card and in the settings, without an error', async () => {
  const zip = await readFile(`${inject('packageFolder')}/widget.zip`);
  await onStage(browser, { zip }, async ({ sandbox, open }) => {
    const { id } = sandbox.world.crm.addContact('Anna', [], SELLER_A);
    const errors: string[] = [];
    const hear = (page: Page): void => void page.on('pageerror', error => errors.push(error.message));

    const seller = await open('seller-a', `contacts/detail/${id}`);
    hear(seller);
    await seller.getByText(SENTENCE).waitFor();
    const admin = await open('office', 'settings/widgets');
    hear(admin);
    await admin.getByRole('button', { name: 'Chat roles' }).click();
    await admin.getByText(SENTENCE).waitFor();
    expect(errors).toEqual([]);
  });
});
