/** Host pages with bad habits that exist. On each of them an admin gives a role and a seller takes a client. */
import type { Page } from 'playwright';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import type { CrmContact } from '../../world/crm.ts';
import { HEAD_OF_SALES, SELLER_A } from '../../world/people.ts';
import { SALES_CHANNEL } from '../../world/world.ts';
import { giveRole, NAMES, openCard, openSettings } from '../../support/crm-steps.ts';
import { connected } from '../../support/setting-up.ts';
import { stages, type Stage } from '../../support/browser-stage.ts';
import { ROUGH, showPrototypes } from './rough-pages.ts';

const names = NAMES.ru;
const VERA = 'Вера Волкова';
const browser = stages();
let stage: Stage;
let pages = 0;
afterEach(() => stage.close());
afterAll(() => {
  process.stdout.write(`Rough host pages: ${pages}\n`);
});

async function furnished(page: { readonly quirks?: boolean } = {}): Promise<CrmContact> {
  stage = await browser.stage(page);
  connected(stage);
  return stage.world.clientWrites();
}

async function roleIsGiven(admin: Page): Promise<void> {
  await openSettings(admin, names);
  await admin.getByRole('button', { name: names.select, exact: true }).click();
  await giveRole(admin, VERA, names.supervisor);
  await admin.getByRole('dialog', { name: names.dialog }).getByRole('button', { name: names.save }).click();
  await expect
    .poll(() => stage.world.chat.roleOf(String(HEAD_OF_SALES), SALES_CHANNEL)?.role)
    .toBe('manager');
}

async function clientIsTaken(seller: Page, client: CrmContact): Promise<void> {
  await openCard(seller, client.id);
  // The button is in the caption, and also in the panel where the host unfolds everything.
  await seller.getByRole('button', { name: names.claim }).first().click();
  await seller.getByText(names.told).waitFor();
}

describe('a host page that', () => {
  it.each(ROUGH)('%s lets a role be given and a client be taken', async (_name, rough) => {
    pages += 1;
    const client = await furnished();
    const admin = await stage.open('office');
    await admin.addInitScript(rough);
    await roleIsGiven(admin);
    const seller = await stage.open('seller-a');
    await seller.addInitScript(rough);
    await clientIsTaken(seller, client);
    expect(client.responsibleUserId).toBe(SELLER_A);
  });

  it('adds enumerable properties to Object.prototype lets a role be given and a client be taken', async () => {
    pages += 1;
    const client = await furnished();
    const admin = await stage.open('office');
    await admin.addInitScript(showPrototypes);
    await roleIsGiven(admin);
    const seller = await stage.open('seller-a');
    await seller.addInitScript(showPrototypes);
    await openCard(seller, client.id);
    await seller.getByRole('button', { name: names.claim }).click();
    // jQuery cannot unfold a panel here.
    await expect.poll(() => stage.complaints.join()).toMatch(/matchExpr/);
    stage.forgive();
    await expect
      .poll(() => stage.world.chat.contacts.get(String(client.id))?.responsibleUserId)
      .toBe(String(SELLER_A));
    expect(stage.complaints).toEqual([]);
  });

  it('is in quirks mode lets a role be given and a client be taken', async () => {
    pages += 1;
    const client = await furnished({ quirks: true });
    const admin = await stage.open('office');
    await roleIsGiven(admin);
    expect(await admin.evaluate(() => document.compatMode)).toBe('BackCompat');
    await clientIsTaken(await stage.open('seller-a'), client);
    expect(client.responsibleUserId).toBe(SELLER_A);
  });
});

/** Calls a callback as the CRM does. */
const call = (page: Page, callback: 'render' | 'destroy'): Promise<unknown> =>
  page.evaluate(`APP.widgets.list.crm_chat_roles.callbacks.${callback}()`);

const RUN_A_COPY = `{
  const first = APP.widgets.list.crm_chat_roles;
  const copy = new first.constructor();
  copy.set_lang(first.langs);
  copy.set_settings({ ...first.get_settings(), widget_code: 'a_copy' });
  copy.callbacks.render();
}`;

describe('a CRM that', () => {
  it('collapses its column causes no request until it is opened, and then a client can be taken', async () => {
    pages += 1;
    const client = await furnished();
    const seller = await stage.open('seller-a');
    await seller.addInitScript(() => {
      if (!document.cookie.includes('contacts_crd_wdgt')) document.cookie = 'contacts_crd_wdgt=0; path=/';
    });
    await openCard(seller, client.id);
    await seller.getByRole('button', { name: 'Развернуть виджеты' }).waitFor();
    const claim = seller.getByRole('button', { name: names.claim });
    await seller.locator('.crm-chat-roles-caption .button').waitFor({ state: 'attached' });
    expect(await claim.isVisible()).toBe(false);
    expect(stage.requests.filter(({ url }) => /\/(api\/v4|v3|settings$)/.test(url))).toEqual([]);
    await seller.getByRole('button', { name: 'Развернуть виджеты' }).click();
    await claim.click();
    await seller.getByText(names.told).waitFor();
    expect(client.responsibleUserId).toBe(SELLER_A);
  });

  it('renders twice gets one panel, and the client is taken once', async () => {
    pages += 1;
    const client = await furnished();
    const seller = await stage.open('seller-a');
    await openCard(seller, client.id);
    await seller.getByRole('button', { name: names.claim }).waitFor();
    await call(seller, 'render');
    await expect.poll(() => seller.getByRole('button', { name: names.claim }).count()).toBe(1);
    await seller.getByRole('button', { name: names.claim }).click();
    await seller.getByText(names.told).waitFor();
    expect(stage.world.crm.ownerChanges.length).toBe(1);
  });

  it('runs two copies lets the client be taken in either, and a copy says so', async () => {
    pages += 1;
    const client = await furnished();
    const seller = await stage.open('seller-a');
    await openCard(seller, client.id);
    await seller.getByRole('button', { name: names.claim }).waitFor();
    await seller.evaluate(RUN_A_COPY);
    await expect.poll(() => seller.getByRole('button', { name: names.claim }).count()).toBe(2);
    await seller.getByRole('button', { name: names.claim }).nth(1).click();
    await expect.poll(() => client.responsibleUserId).toBe(SELLER_A);
    await expect.poll(() => seller.getByText(names.mine).count()).toBeGreaterThan(0);
    expect(stage.world.crm.ownerChanges.length).toBe(1);
  });

  it('removes the panel during a claim does not stop the claim', async () => {
    pages += 1;
    const client = await furnished();
    stage.world.disturbances.add(/^PATCH \/api\/v4\/contacts/, 'slow');
    const seller = await stage.open('seller-a');
    await openCard(seller, client.id);
    await seller.getByRole('button', { name: names.claim }).click();
    await expect
      .poll(() => stage.requests.some(({ method, url }) => method === 'PATCH' && url.includes('/contacts')))
      .toBe(true);
    await seller.evaluate(() => document.querySelector('#widgets_block')?.remove());
    await expect.poll(() => client.responsibleUserId).toBe(SELLER_A);
    await expect
      .poll(() => stage.world.chat.contacts.get(String(client.id))?.responsibleUserId)
      .toBe(String(SELLER_A));
    expect(stage.world.crm.ownerChanges.length).toBe(1);
  });

  it('destroys the widget during a save leaves the roles either as before or as saved', async () => {
    pages += 1;
    await furnished();
    const before = stage.world.chat.settings.userRoles;
    stage.world.disturbances.add(/^PATCH \/settings/, 'slow');
    const admin = await stage.open('office');
    await openSettings(admin, names);
    await admin.getByRole('button', { name: names.select, exact: true }).click();
    await giveRole(admin, VERA, names.supervisor);
    await admin.getByRole('dialog', { name: names.dialog }).getByRole('button', { name: names.save }).click();
    await expect
      .poll(() => stage.requests.some(({ method, url }) => method === 'PATCH' && url.endsWith('/settings')))
      .toBe(true);
    await call(admin, 'destroy');
    await admin.getByRole('dialog', { name: names.dialog }).waitFor({ state: 'detached' });
    await stage.world.clock.wait(3500);
    const after = stage.world.chat.settings.userRoles;
    expect(before.every(one => after.some(two => two.userId === one.userId && two.role === one.role))).toBe(
      true,
    );
    expect([undefined, 'manager']).toContain(
      stage.world.chat.roleOf(String(HEAD_OF_SALES), SALES_CHANNEL)?.role,
    );
  });
});
