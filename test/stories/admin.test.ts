/** The admin sets up roles, and returns when somebody is hired or leaves and when a channel is added. */
import type { Page } from 'playwright';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HEAD_OF_SALES, NOBODY, SELLER_A, SELLER_B } from '../world/people.ts';
import { SALES_CHANNEL, WHOLESALE_CHANNEL } from '../world/world.ts';
import { giveRole, NAMES, openSettings, roleRow, saveReviewed } from '../support/crm-steps.ts';
import { connected } from '../support/setting-up.ts';
import { stages, type Stage } from '../support/browser-stage.ts';

const names = NAMES.ru;
const browser = stages();
let stage: Stage;
let admin: Page;
beforeEach(async () => {
  // Five people work here; the sixth is the stand-in owner.
  stage = await browser.stage({ size: 6 });
  connected(stage);
  admin = await stage.open('office');
});
afterEach(() => stage.close());

const dialog = () => admin.getByRole('dialog', { name: names.dialog });
const userRoles = () => stage.world.chat.settings.userRoles;
async function openRoles(): Promise<void> {
  await openSettings(admin, names);
  await admin.getByRole('button', { name: names.select }).click();
  await roleRow(admin, 'Артём Алексеев').waitFor();
}
async function save(): Promise<void> {
  await dialog().getByRole('button', { name: names.save }).click();
  await admin.getByText(names.saved).waitFor();
}
/** Saves changes that include the admin's own role. */
async function saveMineToo(): Promise<void> {
  await dialog().getByRole('button', { name: names.save }).click();
  await saveReviewed(admin, names);
  await admin.getByText(names.saved).waitFor();
}

describe('the first set-up', () => {
  it('of a sales department of five takes at most six clicks', async () => {
    stage.world.chat.settings = { ...stage.world.chat.settings, userRoles: [] };
    await openSettings(admin, names);
    await admin.getByRole('button', { name: names.select }).waitFor();
    await admin.evaluate(() => {
      Object.assign(window, { clicks: 0 });
      const count = ({ isTrusted }: Event) =>
        isTrusted && Object.assign(window, { clicks: Reflect.get(window, 'clicks') + 1 });
      window.addEventListener('pointerdown', count, { capture: true });
    });
    await admin.getByRole('button', { name: names.select }).click();
    await dialog().getByText('Примеры настройки').click();
    await dialog().getByRole('button', { name: 'У каждого продавца свои клиенты' }).click();
    await dialog()
      .getByText(/5 сотрудников получат роль «Менеджер»/)
      .waitFor();
    await roleRow(admin, 'Вера Волкова').getByText('Отдел продаж').waitFor();
    await dialog().getByRole('button', { name: 'Применить' }).click();
    await saveMineToo();
    expect(await admin.evaluate(() => Reflect.get(window, 'clicks'))).toBeLessThanOrEqual(6);
    const people = new Set(userRoles().map(({ userId }) => userId));
    expect(people.size).toBe(5);
    expect(people.has(String(NOBODY))).toBe(false);
    expect(new Set(userRoles().map(({ channelId }) => channelId))).toEqual(
      new Set([SALES_CHANNEL, WHOLESALE_CHANNEL]),
    );
  });
});

describe('an admin who returns', () => {
  it('sees a new employee at the top, and saves their group’s role', async () => {
    const { integration } = stage.world.crm;
    integration.fields = {
      custom: JSON.stringify({
        v: 1,
        chatUrl: stage.gatewayAddress,
        standInOwners: [String(NOBODY)],
        newcomers: { 0: 'seller' },
      }),
    };
    await openRoles();
    // Employees who were there before are not marked as new, with a role or without.
    expect(await dialog().getByText('Новый', { exact: true }).count()).toBe(0);
    await giveRole(admin, 'Вера Волкова', names.supervisor);
    await save();
    const vera = stage.world.crm.users.get(HEAD_OF_SALES);
    if (vera) stage.world.crm.users.set(9001, { ...vera, id: 9001, name: 'Яна Новая' });
    await openRoles();
    await dialog().getByRole('row').nth(1).getByText('Новый', { exact: true }).waitFor();
    await dialog().getByRole('button', { name: 'Назначить роль группы' }).click();
    expect(stage.world.chat.roleOf('9001', SALES_CHANNEL)).toBeUndefined();
    await save();
    expect(stage.world.chat.roleOf('9001', SALES_CHANNEL)?.role).toBe('seller');
  });

  it('sees that an employee has left, and removes their roles', async () => {
    const left = stage.world.crm.users.get(SELLER_B);
    if (left) left.isActive = false;
    await openSettings(admin, names);
    await admin.getByText('Доступ в CRM отключён, а роль осталась: Борис Белов.').waitFor();
    await admin.getByRole('button', { name: names.select }).click();
    await dialog().getByRole('button', { name: 'Убрать роли' }).click();
    await save();
    expect(userRoles().map(({ userId }) => userId)).toEqual([String(SELLER_A)]);
  });

  it('sees a channel without roles, and copies the roles of another one', async () => {
    await openSettings(admin, names);
    const warning = admin.getByRole('listitem').filter({ hasText: '«Опт»: отвечать не может никто' });
    await warning.getByRole('button', { name: 'Открыть роли' }).click();
    expect(await admin.getByRole('tab', { selected: true }).textContent()).toMatch(/^Опт/);
    await dialog().getByLabel('Скопировать с канала:').first().selectOption({ label: 'Продажи' });
    await save();
    expect(stage.world.chat.roleOf(String(SELLER_B), WHOLESALE_CHANNEL)).toMatchObject({
      role: 'seller',
      allowGetNewClients: true,
    });
  });

  it('must confirm the removal of the last employee from a channel', async () => {
    stage.world.chat.settings = { ...stage.world.chat.settings, userRoles: userRoles().slice(0, 1) };
    await openRoles();
    await giveRole(admin, 'Артём Алексеев', names.none);
    await dialog().getByRole('button', { name: names.save }).click();
    await admin
      .getByRole('dialog', { name: 'Оставить канал без ответа?' })
      .getByRole('button', { name: 'Вернуться к ролям' })
      .click();
    expect(userRoles()).toHaveLength(1);
    await dialog().getByRole('button', { name: names.save }).click();
    await admin.getByRole('button', { name: 'Всё равно сохранить' }).click();
    await expect.poll(userRoles).toEqual([]);
  });
});
