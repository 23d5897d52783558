/** What the admin sets beside the roles, in a real browser: what the CRM keeps for us, and what the chat service keeps. */
import type { Locator, Page } from 'playwright';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { HEAD_OF_SALES, NOBODY } from '../world/people.ts';
import { SALES_CHANNEL } from '../world/world.ts';
import { giveRole, NAMES, openSettings, roleRow } from './office.ts';
import { connected } from './setting-up.ts';
import { launch, type Launch, type Stage } from './stage.ts';

const names = NAMES.ru;

let browser: Launch;
let stage: Stage;
let admin: Page;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());
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
