/** What the admin sets beside the roles, in a real browser: what the CRM keeps for us, and what the chat service keeps. */
import type { Locator, Page } from 'playwright';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HEAD_OF_SALES, NOBODY, SELLER_A } from '../world/people.ts';
import { SALES_CHANNEL, WHOLESALE_CHANNEL } from '../world/world.ts';
import { giveRole, NAMES, openSettings, roleRow } from './office.ts';
import { connected } from './setting-up.ts';
import { stages, type Stage } from './stage.ts';

const names = NAMES.ru;

const browser = stages();
let stage: Stage;
let admin: Page;
beforeEach(async () => {
  stage = await browser.stage({ size: 12 });
  connected(stage);
  admin = await stage.open('office');
});
afterEach(() => stage.close());

const kept = (): unknown => JSON.parse(stage.world.crm.integration.fields['custom'] ?? '');
const nativeSave = (): Promise<void> => admin.getByRole('button', { name: names.nativeSave }).click();

describe('own settings', () => {
  it('hold several stand-in owners and newcomers’ roles after the CRM’s own Save, and show them again', async () => {
    await openSettings(admin, names);
    await admin.getByLabel(names.standIn).selectOption({ label: 'Вера Волкова' });
    await admin.getByText('Роли для новых сотрудников').click();
    await admin.getByLabel('Поддержка').selectOption({ label: names.seller });
    await nativeSave();
    await expect.poll(kept).toEqual({
      v: 1,
      chatUrl: stage.gatewayAddress,
      standInOwners: [String(NOBODY), String(HEAD_OF_SALES)],
      newcomers: { 493002: 'seller' },
    });

    await openSettings(admin, names);
    await admin.getByRole('button', { name: 'Убрать: Вера Волкова' }).waitFor();
    await admin.getByText('Роли для новых сотрудников').click();
    expect(await admin.getByLabel('Поддержка').inputValue()).toBe('seller');
  });

  it('hold the rules of taking clients after the CRM’s own Save, and show them again', async () => {
    const rules = (): Locator => admin.getByText('Правила', { exact: true });
    const withReason = (): Locator => admin.getByRole('radio', { name: 'С указанием причины' });
    const note = (): Locator => admin.getByRole('switch', { name: 'Оставлять примечание в ленте контакта' });
    await openSettings(admin, names);
    await rules().click();
    await withReason().check();
    await note().uncheck();
    await nativeSave();
    await expect.poll(kept).toMatchObject({
      standInOwners: [String(NOBODY)],
      claims: { fromColleague: 'with-reason', supervisorsFreely: true, deals: 'ask', note: false },
    });

    await openSettings(admin, names);
    await rules().click();
    expect([await withReason().isChecked(), await note().isChecked()]).toEqual([true, false]);
  });

  it('hold default channels after the CRM’s own Save, and show them again', async () => {
    const { userRoles } = stage.world.chat.settings;
    const onWholesale = userRoles.map(role => ({ ...role, channelId: WHOLESALE_CHANNEL }));
    stage.world.chat.settings = { ...stage.world.chat.settings, userRoles: [...userRoles, ...onWholesale] };
    const additional = (): Locator => admin.getByText('Дополнительно');
    const own = (): Locator => admin.getByRole('combobox', { name: 'Артём Алексеев' });
    await openSettings(admin, names);
    await additional().click();
    await admin.getByText('2 канала, канал по умолчанию не выбран: Артём Алексеев, Борис Белов').waitFor();
    const section = admin.getByRole('region', { name: 'Канал по умолчанию' });
    await section.getByLabel('Отдел продаж').selectOption({ label: 'Опт (Telegram)' });
    await section.getByLabel('Свой канал у сотрудника').first().selectOption({ label: 'Артём Алексеев' });
    await own().selectOption({ label: 'Продажи (WhatsApp)' });
    expect(await admin.getByText(/канал по умолчанию не выбран/).count()).toBe(0);
    await nativeSave();
    await expect.poll(kept).toMatchObject({
      channels: { groups: { 0: WHOLESALE_CHANNEL }, people: { [SELLER_A]: SALES_CHANNEL } },
    });

    await openSettings(admin, names);
    await additional().click();
    expect(await section.getByLabel('Отдел продаж').inputValue()).toBe(WHOLESALE_CHANNEL);
    expect(await own().inputValue()).toBe(SALES_CHANNEL);
  });
});

describe('"Notify supervisors of all messages"', () => {
  const isKeptOn = () => stage.world.chat.settings.pushInputOutputMessageEventsForManagers;
  const notify = (): Locator => admin.getByRole('switch', { name: /Уведомлять руководителей/ });
  beforeEach(async () => {
    const head = {
      channelId: SALES_CHANNEL,
      userId: String(HEAD_OF_SALES),
      role: 'manager' as const,
      allowGetNewClients: false,
    };
    const { settings } = stage.world.chat;
    stage.world.chat.settings = { ...settings, userRoles: [...settings.userRoles, head] };
    await openSettings(admin, names);
    await admin.getByText('Дополнительно').click();
  });

  it('is saved at once, and roles can be saved right after it', async () => {
    await notify().check();
    await admin.getByText(/Сохранено в Wazzup/).waitFor();
    expect(isKeptOn()).toBe(true);
    await admin.getByRole('button', { name: names.select }).click();
    await roleRow(admin, 'Борис Белов').waitFor();
    await giveRole(admin, 'Борис Белов', names.supervisor);
    await admin.getByRole('dialog', { name: names.dialog }).getByRole('button', { name: names.save }).click();
    await admin.getByText(names.saved).waitFor();
    expect(isKeptOn()).toBe(true);
  });
});
