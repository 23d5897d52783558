/** Examples, colleagues and channels as shortcuts to roles. */
import type { Locator, Page } from 'playwright';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ADMIN, HEAD_OF_SALES, SELLER_A, SELLER_B } from '../world/people.ts';
import { SALES_CHANNEL, WHOLESALE_CHANNEL } from '../world/world.ts';
import { giveRole, NAMES, openSettings, roleLine, roleRow, saveReviewed } from '../support/crm-steps.ts';
import { connected } from '../support/setting-up.ts';
import { stages, type Stage } from '../support/browser-stage.ts';

const names = NAMES.en;
const HEAD = 'Vera Wood';
const browser = stages();
let stage: Stage;
let admin: Page;
beforeEach(async () => {
  stage = await browser.stage({ language: 'en' });
  connected(stage);
  admin = await stage.open('office');
});
afterEach(() => stage.close());

const dialog = () => admin.getByRole('dialog', { name: names.dialog });
const press = (name: string) => dialog().getByRole('button', { name, exact: true }).click();
const roleOf = (person: number, channelId = SALES_CHANNEL) =>
  stage.world.chat.roleOf(String(person), channelId)?.role;
async function openRoles(): Promise<void> {
  await openSettings(admin, names);
  await admin.getByRole('button', { name: names.select }).click();
  await roleRow(admin, HEAD).waitFor();
}
async function save(): Promise<void> {
  await press(names.save);
  await admin.getByText(names.saved).waitFor();
}
const tick = (employee: string) => roleRow(admin, employee).getByRole('checkbox').check();

describe('an example', () => {
  it('for one person gives a role to the ticked employees, and says beforehand how many it changes', async () => {
    await openRoles();
    await tick(HEAD);
    await dialog().getByText('Examples', { exact: true }).click();
    await press('One person runs the channel');
    await dialog().getByText('1 employee will get the role “Supervisor”.').waitFor();
    await press('Apply');
    await save();
    expect([roleOf(HEAD_OF_SALES), roleOf(HEAD_OF_SALES, WHOLESALE_CHANNEL)]).toEqual(['manager', 'manager']);
    expect(roleOf(SELLER_A)).toBe('seller');
  });

  it('for a shop gives everyone a role that sees all chats', async () => {
    await openRoles();
    await dialog().getByText('Examples', { exact: true }).click();
    await press('The whole team shares the chats');
    await press('Apply');
    await press(names.save);
    await saveReviewed(admin, names);
    await admin.getByText(names.saved).waitFor();
    expect([ADMIN, SELLER_A, SELLER_B, HEAD_OF_SALES].map(person => roleOf(person))).toEqual(
      Array.from({ length: 4 }, () => 'manager'),
    );
  });

  it('for an admin who tests gives a role to the admin alone', async () => {
    await openRoles();
    await dialog().getByText('Examples', { exact: true }).click();
    await press('The admin tests the settings');
    await press('Apply');
    await press(names.save);
    await saveReviewed(admin, names);
    await admin.getByText(names.saved).waitFor();
    expect([roleOf(ADMIN), roleOf(SELLER_A), roleOf(HEAD_OF_SALES)]).toEqual([
      'manager',
      'seller',
      undefined,
    ]);
  });
});

describe('the tab "All channels"', () => {
  it('counts an employee’s different roles, and sets one role on all channels', async () => {
    await openRoles();
    const adam = roleRow(admin, 'Adam Archer');
    await expect.poll(() => adam.getAttribute('aria-label')).toMatch(/, No role: 1, Sales rep: 1$/);
    await adam.getByRole('button', { name: 'Role: Adam Archer' }).click();
    const on = (channel: string): Locator =>
      dialog().getByRole('row', { name: new RegExp(`^${channel}: Adam Archer`) });
    expect(await on('Sales').getByRole('radio', { name: names.seller }).isChecked()).toBe(true);
    expect(await on('Wholesale').getByRole('radio', { name: names.none }).isChecked()).toBe(true);
    await on('All channels').getByRole('radio', { name: names.seller }).check();
    await expect.poll(() => adam.getAttribute('aria-label')).toMatch(/^Adam Archer.*, Sales rep, receives/);
    await save();
    expect(roleOf(SELLER_A, WHOLESALE_CHANNEL)).toBe('seller');
  });

  it('gives an employee the roles of a colleague, channel by channel', async () => {
    await openRoles();
    await tick(HEAD);
    // The list is filled on focus.
    await dialog().getByLabel('Same as:').focus();
    await dialog().getByLabel('Same as:').selectOption({ label: 'Adam Archer' });
    await save();
    expect([roleOf(HEAD_OF_SALES), roleOf(HEAD_OF_SALES, WHOLESALE_CHANNEL)]).toEqual(['seller', undefined]);
  });
});

describe('the open dialog', () => {
  it('is refreshed from the CRM and keeps unsaved choices', async () => {
    await openRoles();
    await giveRole(admin, HEAD, names.supervisor);
    const colleague = stage.world.crm.users.get(SELLER_A);
    if (colleague) stage.world.crm.users.set(9001, { ...colleague, id: 9001, name: 'Yvonne New' });
    await press(names.refresh);
    await dialog().getByText('Done: 6 employees. Roles stay the same.').waitFor();
    await roleRow(admin, 'Yvonne New').waitFor();
    const head = await roleLine(admin, HEAD);
    expect(await head.getByRole('radio', { name: names.supervisor }).isChecked()).toBe(true);
    expect(roleOf(HEAD_OF_SALES)).toBeUndefined();
  });
});
