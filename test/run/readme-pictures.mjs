/**
 * `node test/run/readme-pictures.mjs`: takes the README's pictures again, in a sandbox with the present package. They
 * are cropped to their subject. Check them before you commit them.
 */
import { chromium } from 'playwright';
import { root } from '../../widget/package/run/install.mjs';
import { load } from '../../widget/package/run/load.mjs';
import { bringTypeface } from './typeface.mjs';

const { packWidget } = await load('widget/package/package.ts');
const { startSandbox } = await load('test/sandbox/sandbox.ts');
const { ANY_SERVER } = await load('test/sandbox/installed-package.ts');
const { NAMES, chatWindow, openCard, openSettings } = await load('test/support/crm-steps.ts');
const { BROWSER_FLAGS, findBrowser } = await load('test/run/browser.ts');

const names = NAMES.en;
const folder = `${root}/.github/images`;
/** Leaves out the sandbox's own bar and the CRM's menu. */
const CARD = { x: 72, y: 36, width: 1208, height: 384 };

const { zip } = (await packWidget({ root, chatUrl: ANY_SERVER })).amocrm;
const sandbox = await startSandbox({ zip, size: 9, language: 'en', ready: true });
const browser = await chromium.launch({ executablePath: findBrowser(), args: [...BROWSER_FLAGS] });

/** Each person has a separate profile, as on two computers. */
async function window(person, viewport) {
  const context = await browser.newContext({ viewport, locale: 'en-US' });
  await bringTypeface(context);
  const page = await context.newPage();
  await page.goto(sandbox.addressOf(person));
  return page;
}

async function takeCard() {
  const page = await window('seller-a', { width: 1280, height: 420 });
  const client = [...sandbox.world.crm.contacts.values()].at(-1);
  await openCard(page, client.id);
  await chatWindow(page, names).getByText(client.name).first().waitFor();
  const claim = page.getByRole('button', { name: names.claim });
  await claim.waitFor();
  await claim.click();
  await page.getByText(names.told).first().waitFor();
  await page.mouse.move(0, 0);
  await page.screenshot({ path: `${folder}/claimed.png`, clip: CARD });
}

async function takeRoles() {
  const page = await window('office', { width: 1280, height: 860 });
  await openSettings(page, names);
  await page.getByRole('button', { name: names.select }).click();
  const dialog = page.getByRole('dialog', { name: names.dialog });
  await dialog.getByRole('tab', { name: /^Sales/ }).click();
  const rows = dialog.getByRole('row').filter({ has: page.getByRole('radio', { name: names.seller }) });
  await rows.first().waitFor();
  await rows.nth(0).getByRole('radio', { name: names.seller }).check();
  await rows.nth(1).getByRole('radio', { name: names.supervisor }).check();
  await page.mouse.move(0, 0);
  await dialog.screenshot({ path: `${folder}/roles.png` });
}

await takeCard();
await takeRoles();
await browser.close();
await sandbox.close();
