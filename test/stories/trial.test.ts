/** The first save of roles offers a test message, and the chat appears for the people who can see it. */
import type { Locator, Page } from 'playwright';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ADMIN, SELLER_A, SELLER_B } from '../world/people.ts';
import { SALES_CHANNEL } from '../world/world.ts';
import { chatWindow, giveRole, NAMES, openCard, openSettings, roleLine } from '../support/crm-steps.ts';
import { connected } from '../support/setting-up.ts';
import { stages, type Stage } from '../support/browser-stage.ts';

const names = NAMES.ru;
const A = 'Артём Алексеев';
const B = 'Борис Белов';
const NUMBER = '79161234567';
const SEND = /^POST \/v3\/message/;

const browser = stages();
let stage: Stage;
let admin: Page;
beforeEach(async () => {
  stage = await browser.stage();
  connected(stage);
  stage.world.chat.settings = { ...stage.world.chat.settings, userRoles: [] };
  admin = await stage.open('office');
  await openSettings(admin, names);
});
afterEach(() => stage.close());

const offer = (): Locator => admin.getByRole('dialog', { name: 'Готово, роли настроены' });
const trial = (): Locator => admin.getByRole('dialog', { name: 'Протестировать чаты' });
const sent = () => stage.world.chat.threads.flatMap(({ chatId, messages }) => messages.map(() => chatId));

/** A receives new clients, B does not. */
async function saveFirstRoles(): Promise<void> {
  await admin.getByRole('button', { name: names.select }).click();
  await giveRole(admin, A, names.seller);
  await giveRole(admin, B, names.seller);
  await (await roleLine(admin, B)).getByRole('switch', { name: names.newClients }).uncheck();
  await admin.getByRole('dialog', { name: names.dialog }).getByRole('button', { name: names.save }).click();
  await offer().waitFor();
}

describe('the first save of roles', () => {
  it('offers a test message, which opens a chat for those who receive new clients', async () => {
    await saveFirstRoles();
    await offer().getByText('Отправим сообщение с канала «Продажи» на ваш номер').waitFor();
    await offer().getByRole('button', { name: 'Дать мне роль «Руководитель»' }).click();
    await offer().getByText('чат вы не увидите').waitFor({ state: 'detached' });
    await offer().getByRole('textbox', { name: 'Ваш номер телефона' }).fill('8 (916) 123-45-67');

    const tab = admin.waitForEvent('popup');
    await offer().getByRole('button', { name: 'Отправить и перейти в чаты' }).click();
    const chats = await tab;
    await chats.getByRole('listitem').filter({ hasText: NUMBER }).waitFor();
    expect(await chats.evaluate(() => window.opener)).toBeNull();

    expect(stage.world.chat.threads).toMatchObject([
      { channelId: SALES_CHANNEL, chatId: NUMBER, messages: [{ authorId: String(ADMIN) }] },
    ]);
    await trial().getByText(`Сообщение отправлено на +${NUMBER}`).waitFor();
    await trial().getByText(`${A}: чат виден`).waitFor();
    await trial().getByText(`${B}: чат не виден`).waitFor();

    const contact = stage.world.crm.addContact('Ольга Крылова', [`+${NUMBER}`], ADMIN);
    const a = await stage.open('seller-a');
    await openCard(a, contact.id);
    await chatWindow(a, names).getByRole('listitem').filter({ hasText: NUMBER }).waitFor();
    const b = await stage.open('seller-b');
    await openCard(b, contact.id);
    await chatWindow(b, names).getByText('Чатов пока нет').waitFor();
    expect([SELLER_A, SELLER_B].map(id => stage.world.chat.threadsOf(String(id)).length)).toEqual([1, 0]);
  });

  it('is confirmed in the panel when the offer is closed', async () => {
    await saveFirstRoles();
    await admin.keyboard.press('Escape');
    await offer().waitFor({ state: 'detached' });
    await admin.getByText(names.saved).waitFor();
    expect(sent()).toEqual([]);
  });
});

describe('"Test chats"', () => {
  it('sends an approved template from a WhatsApp Business channel', async () => {
    const { channels, templates } = stage.world.chat;
    const channelId = '5a0b0c0d-0000-4000-8000-000000000001';
    channels.splice(0, channels.length, {
      channelId,
      transport: 'wapi',
      plainId: '79865784459',
      state: 'active',
      name: 'WABA',
    });
    templates.push(
      { templateGuid: 't-1', name: 'Приветствие', status: 'APPROVED', text: 'Здравствуйте!' },
      { templateGuid: 't-2', name: 'На проверке', status: 'pending', text: 'Скидка' },
    );
    await openSettings(admin, names);
    await admin.getByRole('button', { name: 'Протестировать чаты' }).click();
    const template = trial().getByLabel('Шаблон');
    await expect.poll(() => template.locator('option').allTextContents()).toEqual(['Приветствие']);
    await trial().getByRole('textbox', { name: 'Ваш номер телефона' }).fill(`+${NUMBER}`);
    await trial().getByRole('button', { name: 'Отправить и перейти в чаты' }).click();
    await trial().getByText(`Сообщение отправлено на +${NUMBER}`).waitFor();
    expect(stage.world.chat.threads).toMatchObject([{ channelId, messages: [{ text: 'Здравствуйте!' }] }]);
  });

  it('says that the outcome is unknown when the connection was cut, and closes the tab', async () => {
    await admin.getByRole('button', { name: 'Протестировать чаты' }).click();
    await trial().getByRole('textbox', { name: 'Ваш номер телефона' }).fill(`+${NUMBER}`);
    // Chromium repeats a request by itself when a reused connection is cut.
    stage.world.disturbances.add(SEND, 'cut', Infinity);
    const tab = admin.waitForEvent('popup');
    await trial().getByRole('button', { name: 'Отправить и перейти в чаты' }).click();
    const opened = await tab;
    await trial()
      .getByRole('alert')
      .getByText(/неизвестно, ушло ли сообщение.*Посмотрите в телефон/)
      .waitFor();
    await expect.poll(() => opened.isClosed()).toBe(true);

    const chats = admin.waitForEvent('popup');
    await trial().getByRole('button', { name: 'Перейти в чаты' }).click();
    await (await chats).getByText(names.noAccess).waitFor();
    expect(sent()).toEqual([]);
  });
});
