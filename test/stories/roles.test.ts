/** Saving roles with obstacles, in a real browser with real CORS between the origins. */
import type { Locator, Page } from 'playwright';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HEAD_OF_SALES } from '../world/people.ts';
import { SALES_CHANNEL, WHOLESALE_CHANNEL } from '../world/world.ts';
import { giveRole, NAMES, openSettings, roleRow } from '../support/crm-steps.ts';
import { connected } from '../support/setting-up.ts';
import { stages, type Stage } from '../support/browser-stage.ts';

const names = NAMES.ru;
const HEAD = 'Вера Волкова';
const SAVE = /^PATCH \/settings/;

const browser = stages();
let stage: Stage;
let admin: Page;
beforeEach(async () => {
  stage = await browser.stage();
  connected(stage);
  admin = await stage.open('office');
});
afterEach(() => stage.close());

const dialog = (): Locator => admin.getByRole('dialog', { name: names.dialog });
const roleOf = (person: number) => stage.world.chat.roleOf(String(person), SALES_CHANNEL)?.role;
async function openRoles(): Promise<void> {
  await openSettings(admin, names);
  await admin.getByRole('button', { name: names.select }).click();
  await roleRow(admin, HEAD).waitFor();
  await admin.getByRole('tab', { name: /^Продажи/ }).click();
}
/** The admin makes the head of sales a supervisor and presses "Save". */
async function save(): Promise<void> {
  await giveRole(admin, HEAD, names.supervisor);
  await dialog().getByRole('button', { name: names.save }).click();
}
const isStillChosen = () => roleRow(admin, HEAD).getByRole('radio', { name: names.supervisor }).isChecked();

describe('saving roles', () => {
  it('keeps the roles that another admin has saved meanwhile, and says so', async () => {
    await openRoles();
    const theirs = {
      channelId: WHOLESALE_CHANNEL,
      userId: String(HEAD_OF_SALES),
      role: 'auditor' as const,
      allowGetNewClients: false,
    };
    const { settings } = stage.world.chat;
    stage.world.chat.settings = { ...settings, userRoles: [...settings.userRoles, theirs] };
    await save();
    await admin.getByText(/другой администратор изменил 1 роль. Эти изменения сохранены/).waitFor();
    expect(stage.world.chat.settings.userRoles).toEqual(
      expect.arrayContaining([theirs, { ...theirs, channelId: SALES_CHANNEL, role: 'manager' }]),
    );
  });

  it.each([
    ['too-many', /Роли не сохранены.*Слишком много запросов к Wazzup/],
    ['cut', /Роли не сохранены.*через который работает Wazzup, не отвечает/],
  ] as const)('says that it failed on %s, and keeps the choices', async (fault, sentence) => {
    await admin.clock.install();
    await openRoles();
    // Chromium repeats a request by itself when a reused connection is cut.
    stage.world.disturbances.add(SAVE, fault, fault === 'cut' ? Infinity : 1);
    await save();
    const alert = dialog().getByRole('alert').getByText(sentence);
    // An unanswered save is checked until it can no longer arrive: half a minute.
    await expect
      .poll(async () => {
        await admin.clock.runFor(1000);
        return alert.isVisible();
      })
      .toBe(true);
    expect(roleOf(HEAD_OF_SALES)).toBeUndefined();
    expect(await isStillChosen()).toBe(true);

    stage.world.disturbances.clear();
    await dialog().getByRole('button', { name: names.save }).click();
    await admin.getByText(names.saved).waitFor();
    expect(roleOf(HEAD_OF_SALES)).toBe('manager');
  });

  it('counts as done when the answer was lost but the save arrived', async () => {
    await openRoles();
    stage.world.disturbances.add(SAVE, 'lost-after');
    await save();
    await admin.getByText(names.saved).waitFor();
    expect(roleOf(HEAD_OF_SALES)).toBe('manager');
  });

  it('says when the chat service has stored something else than what was sent', async () => {
    await openRoles();
    const { chat, disturbances } = stage.world;
    const kept = chat.settings;
    const forget = (): void => {
      chat.settings = kept;
    };
    // When the gateway has passed the request on, the written roles disappear before they are read back.
    disturbances.add(SAVE, () => disturbances.add(SAVE, () => disturbances.add(/^GET \/settings/, forget)));
    await save();
    await dialog()
      .getByRole('alert')
      .getByText(/Wazzup сохранил не то, что мы отправили/)
      .waitFor();
    expect(roleOf(HEAD_OF_SALES)).toBeUndefined();
    expect(await isStillChosen()).toBe(true);
  });
});

describe('a person who cannot change roles', () => {
  it('sees them read-only with a dashboard key, and a link to the dashboard', async () => {
    stage.keyKind = 'v3';
    await openRoles();
    expect(
      await dialog()
        .getByRole('link', { name: /кабинет Wazzup/ })
        .getAttribute('href'),
    ).toMatch(/^https:/);
    expect(
      await roleRow(admin, 'Артём Алексеев').getByRole('radio', { name: names.seller }).isChecked(),
    ).toBe(true);
    expect(await roleRow(admin, HEAD).getByRole('radio', { name: names.supervisor }).isDisabled()).toBe(true);
    await roleRow(admin, HEAD).getByRole('radio', { name: names.supervisor }).click({ force: true });
    await admin.keyboard.press('Digit2');
    expect(await isStillChosen()).toBe(false);
    expect(await dialog().getByRole('button', { name: names.save }).count()).toBe(0);
  });

  it('sees who can change them when they are not an admin', async () => {
    const seller = await stage.open('seller-a');
    await openSettings(seller, names);
    await seller.getByText('Менять настройки может только администратор CRM: Ольга Крылова.').waitFor();
    await seller.getByText('2 канала, всё работает').waitFor();
    expect(await seller.getByRole('button', { name: names.select }).count()).toBe(0);
  });
});
