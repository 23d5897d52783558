/** Examples, colleagues and channels as short cuts to the same roles. */
import type { Page } from 'playwright';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ADMIN, HEAD_OF_SALES, SELLER_A, SELLER_B } from '../world/people.ts';
import { SALES_CHANNEL, WHOLESALE_CHANNEL } from '../world/world.ts';
import { NAMES, openSettings, roleRow, saveReviewed } from './office.ts';
import { connected } from './setting-up.ts';
import { stages, type Stage } from './stage.ts';

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
  it('for one person who answers is applied to whoever is ticked, and tells beforehand whom it changes', async () => {
    await openRoles();
    await tick(HEAD);
    await dialog().getByText('Examples', { exact: true }).click();
    await press('One person answers');
    await dialog().getByText('1 employee will be "Supervisor".').waitFor();
    await press('Apply');
    await save();
    expect([roleOf(HEAD_OF_SALES), roleOf(HEAD_OF_SALES, WHOLESALE_CHANNEL)]).toEqual(['manager', 'manager']);
    expect(roleOf(SELLER_A)).toBe('seller');
  });

  it('for a shop, where everybody sees all messages, is applied to everybody', async () => {
    await openRoles();
    await dialog().getByText('Examples', { exact: true }).click();
    await press('Everybody sees all messages on the number');
    await press('Apply');
    await press(names.save);
    await saveReviewed(admin, names);
    await admin.getByText(names.saved).waitFor();
    expect([ADMIN, SELLER_A, SELLER_B, HEAD_OF_SALES].map(person => roleOf(person))).toEqual(
      Array.from({ length: 4 }, () => 'manager'),
    );
  });

  it('for the admin who tests changes nobody but him', async () => {
    await openRoles();
    await dialog().getByText('Examples', { exact: true }).click();
    await dialog().getByText('More examples').click();
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

describe('all channels at once', () => {
  it('say where somebody is not the same, and make him equal', async () => {
    await openRoles();
    const adam = roleRow(admin, 'Adam Archer');
    await adam.getByText('Sales: Sales rep, receives new clients · Wholesale: No role').waitFor();
    await adam.getByRole('radio', { name: names.seller }).check();
    await save();
    expect(roleOf(SELLER_A, WHOLESALE_CHANNEL)).toBe('seller');
  });

  it('make somebody the same as a colleague, channel by channel', async () => {
    await openRoles();
    await tick(HEAD);
    await dialog().getByLabel('Same as:').selectOption({ label: 'Adam Archer' });
    await save();
    expect([roleOf(HEAD_OF_SALES), roleOf(HEAD_OF_SALES, WHOLESALE_CHANNEL)]).toEqual(['seller', undefined]);
  });
});

describe('the open dialog', () => {
  it('is refreshed from the CRM without losing what was chosen', async () => {
    await openRoles();
    await roleRow(admin, HEAD).getByRole('radio', { name: names.supervisor }).check();
    const colleague = stage.world.crm.users.get(SELLER_A);
    if (colleague) stage.world.crm.users.set(9001, { ...colleague, id: 9001, name: 'Yvonne New' });
    await press(names.refresh);
    await dialog().getByText('Done: 6 employees. Roles do not change.').waitFor();
    await roleRow(admin, 'Yvonne New').waitFor();
    expect(await roleRow(admin, HEAD).getByRole('radio', { name: names.supervisor }).isChecked()).toBe(true);
    expect(roleOf(HEAD_OF_SALES)).toBeUndefined();
  });

  it('counts the clients whom somebody who left has behind him', async () => {
    const left = stage.world.crm.users.get(SELLER_B);
    if (left) left.isActive = false;
    stage.world.chat.contacts.set('1', {
      id: '1',
      name: 'Anna',
      responsibleUserId: String(SELLER_B),
      contactData: [{ chatType: 'whatsapp', chatId: '79160000001' }],
    });
    await openRoles();
    await press('Count their clients');
    await dialog().getByText('Brian Bell: 1 client.').waitFor();
    await dialog()
      .getByText(/Nobody sees these clients' chats now/)
      .waitFor();
    expect(
      await dialog().getByRole('link', { name: 'Open the list in the CRM' }).getAttribute('href'),
    ).toContain(String(SELLER_B));
  });
});
