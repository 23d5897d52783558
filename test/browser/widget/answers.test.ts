/** The widget reads answers of XMLHttpRequest as text, so that no browser tries to parse them as XML. */
import { readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { connected } from '../../support/setting-up.ts';
import { onStage, openBrowser } from '../../support/sandbox-page.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

const zip = (): Uint8Array => readFileSync(`${inject('packageFolder')}/widget.zip`);

/** Each request of the page's next document, and how its answer is read. */
async function watch(page: Page): Promise<() => Promise<readonly string[]>> {
  await page.addInitScript(() => {
    const asked: string[] = [];
    Reflect.set(window, 'asked', asked);
    const { open, send } = XMLHttpRequest.prototype;
    XMLHttpRequest.prototype.open = function (this: XMLHttpRequest, method: string, url: string | URL) {
      Reflect.set(this, 'asks', `${method} ${new URL(url, location.href).pathname}`);
      Reflect.apply(open, this, [method, url, true]);
    };
    XMLHttpRequest.prototype.send = function (this: XMLHttpRequest, body) {
      asked.push(`${Reflect.get(this, 'asks')}: ${this.responseType}`);
      send.call(this, body);
    };
  });
  return () => page.evaluate(() => Reflect.get(window, 'asked'));
}

it('reads every answer as text, also empty ones', async () => {
  await onStage(browser, { zip: zip() }, async ({ sandbox, open }) => {
    connected(sandbox);
    const client = sandbox.world.clientWrites();
    const page = await open('seller-a');
    const asked = await watch(page);
    await page.goto(`${sandbox.addressOf('seller-a')}contacts/detail/${client.id}`);
    await page.getByRole('button', { name: 'I’m responsible' }).click();
    await page.getByText(/Other sales reps no longer see the chat/).waitFor();
    // The emulated page's own requests come from jQuery.
    const ours = (await asked()).filter(one => /\/(?:api|v3|ajax\/v2)\//.test(one));
    expect(ours.length).toBeGreaterThan(5);
    expect(ours.filter(one => !one.endsWith(': text'))).toEqual([]);
  });
});
