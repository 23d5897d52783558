/** The history in a real browser: what was changed by whom, and earlier roles that are restored as a draft. */
import type { Locator, Page } from 'playwright';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import ru from '../../locales/ru.json' with { type: 'json' };
import { SELLER_A } from '../world/people.ts';
import { SALES_CHANNEL } from '../world/world.ts';
import { giveRole, NAMES, openSettings, roleRow } from '../support/crm-steps.ts';
import { connected } from '../support/setting-up.ts';
import { stages, type Stage } from '../support/browser-stage.ts';

const names = NAMES.ru;
const ARTYOM = 'Артём Алексеев';

const browser = stages();
let stage: Stage;
let admin: Page;
beforeEach(async () => {
  stage = await browser.stage();
  connected(stage);
  admin = await stage.open('office');
  await openSettings(admin, names);
  await admin.getByRole('button', { name: names.select }).click();
  await roleRow(admin, ARTYOM).waitFor();
  await roles()
    .getByRole('tab', { name: /^Продажи/ })
    .click();
  await giveRole(admin, ARTYOM, names.supervisor);
  await roles().getByRole('button', { name: names.save }).click();
  await admin.getByText(names.saved).waitFor();
});
afterEach(() => stage.close());

const roles = (): Locator => admin.getByRole('dialog', { name: names.dialog });
const history = (): Locator => admin.getByRole('dialog', { name: ru.history.title });
const open = (): Promise<void> => admin.getByRole('button', { name: ru.history.title }).click();
const roleOf = (): string | undefined => stage.world.chat.roleOf(String(SELLER_A), SALES_CHANNEL)?.role;

describe('the history', () => {
  it('restores the roles before a change as a draft, which is saved by hand', async () => {
    await open();
    await history().getByText(`${ARTYOM}, Продажи: Менеджер → Руководитель`).waitFor();
    await history().getByRole('button', { name: ru.history.bringBack }).click();
    await roles()
      .getByText(/Роли, какими они были до изменения: сегодня/)
      .waitFor();
    await roles()
      .getByRole('tab', { name: /^Продажи/ })
      .click();
    expect(await roleRow(admin, ARTYOM).getByRole('radio', { name: names.seller }).isChecked()).toBe(true);
    expect(roleOf()).toBe('manager');
    await roles().getByRole('button', { name: names.save }).click();
    await admin.getByRole('dialog', { name: names.review }).getByRole('button', { name: names.save }).click();
    await admin.getByText(names.saved).waitFor();
    expect(roleOf()).toBe('seller');

    await open();
    await history().getByText(`${ARTYOM}, Продажи: Руководитель → Менеджер`).waitFor();
    const newest = history().getByRole('listitem').filter({ hasText: ru.history.what.roles }).first();
    expect(await newest.getByText(ru.history.fromElsewhere).count()).toBe(0);
  });

  it('can be saved as a file', async () => {
    await open();
    await history().getByText(`${ARTYOM}, Продажи: Менеджер → Руководитель`).waitFor();
    const [file] = await Promise.all([
      admin.waitForEvent('download'),
      history().getByRole('button', { name: ru.csv.download }).click(),
    ]);
    expect(file.suggestedFilename()).toMatch(/^istoriya-roley-\d{4}-\d\d-\d\d\.csv$/);
  });
});
