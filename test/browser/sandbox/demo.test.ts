/** The static demo: served as files, in a folder of its own, it plays the whole story in one tab. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, FrameLocator } from 'playwright';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import type { Mount } from '../../mocks/http.ts';
import { buildDemo } from '../../sandbox/demo/build.ts';
import { NAMES } from '../../stories/office.ts';
import { openBrowser } from './crm-page.ts';
import { serveFolder } from './static-server.ts';

const names = NAMES.en;
const PATH = '/somewhere/deep/';
let browser: Browser;
let folder: string;
let server: Mount;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'demo-'));
  await buildDemo(await readFile(`${inject('packageFolder')}/widget.zip`), folder);
  [browser, server] = await Promise.all([openBrowser(), serveFolder(folder, PATH)]);
});
afterAll(async () => {
  await Promise.all([browser.close(), server.close(), rm(folder, { recursive: true })]);
});

const chats = (person: FrameLocator): FrameLocator => person.frameLocator(`iframe[title="${names.chats}"]`);

it('lets an admin set roles and a seller claim, and the chat leaves the other seller', async () => {
  const page = await browser.newPage({ viewport: { width: 2400, height: 1000 } });
  const missed: string[] = [];
  page.on('response', response => {
    if (response.status() >= 400 && response.url().startsWith('http://localhost'))
      missed.push(`${response.status()} ${response.url()}`);
  });
  await page.goto(`http://localhost:${server.port}${PATH}?lang=en`);
  await page.getByText('There are no real cookies and no CORS here').waitFor();
  const [office, a, b] = ['office', 'seller-a', 'seller-b'].map(title =>
    page.frameLocator(`iframe[title="${title}"]`),
  );
  if (!office || !a || !b) throw new Error('The demo has three frames');
  await page.getByRole('button', { name: 'Seller B' }).click();

  await office.getByRole('link', { name: 'Settings' }).click();
  await office.getByRole('button', { name: names.widget }).click();
  await office.getByRole('button', { name: names.install }).click();
  await office.getByRole('textbox', { name: names.address }).fill('https://gateway.example');
  await office.getByRole('button', { name: names.check }).click();
  await office.getByLabel(names.standIn).selectOption({ label: names.nobody });
  await office.getByRole('button', { name: names.nativeSave }).click();
  await office.getByRole('button', { name: names.widget }).click();
  await office.getByRole('button', { name: names.select }).click();
  const dialog = office.getByRole('dialog', { name: names.dialog });
  for (const seller of ['Adam Archer', 'Brian Bell']) {
    await dialog
      .getByRole('row', { name: new RegExp(`^${seller}`) })
      .getByRole('radio', { name: names.seller })
      .check();
  }
  await dialog.getByRole('button', { name: names.save, exact: true }).click();
  await office.getByText(names.saved).first().waitFor();

  await page.getByRole('button', { name: 'Stage' }).click();
  await page.getByRole('button', { name: 'A client writes' }).click();
  await page.keyboard.press('Escape');
  await chats(b).getByText('Anna Smith').waitFor();
  await a.getByRole('link', { name: 'Anna Smith' }).click();
  // In so narrow a window the CRM closes its column.
  await a.getByRole('button', { name: 'Expand widgets' }).click();
  await a.getByRole('button', { name: names.claim }).click();
  await a.getByText(names.mine).first().waitFor();
  await chats(b).getByText('Anna Smith').waitFor({ state: 'detached' });
  await chats(a).getByText('Anna Smith').first().waitFor();
  expect(missed).toEqual([]);
});

it('says so when it is open in another tab', async () => {
  const context = await browser.newContext();
  const first = await context.newPage();
  await first.goto(`http://localhost:${server.port}${PATH}?lang=en`);
  await first.frameLocator('iframe[title="office"]').getByRole('heading', { name: 'Contacts' }).waitFor();
  const second = await context.newPage();
  await second.goto(`http://localhost:${server.port}${PATH}?lang=en`);
  await second.getByRole('alert').getByText('open in another tab').waitFor();
  await first.frameLocator('iframe[title="office"]').getByRole('link', { name: 'Leads' }).click();
  const left = first.frameLocator('iframe[title="office"]').getByText('No leads yet');
  await expect.poll(() => left.isVisible()).toBe(true);
});
