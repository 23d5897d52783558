/** What an admin sees before he saves: the review, its numbers, the reason for each chat, and the list as a file. */
import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ADMIN, HEAD_OF_SALES, SELLER_A, SELLER_B } from '../world/people.ts';
import { SALES_CHANNEL } from '../world/world.ts';
import { giveRole, NAMES, openSettings, reviewOf, roleRow, saveReviewed } from './office.ts';
import { connected } from './setting-up.ts';
import { stages, type Stage } from './stage.ts';

const names = NAMES.ru;
const [A, HEAD] = ['Артём Алексеев', 'Вера Волкова'];
const browser = stages();
let stage: Stage;
let admin: Page;
beforeEach(async () => {
  stage = await browser.stage();
  connected(stage);
  const { settings } = stage.world.chat;
  const head = {
    channelId: SALES_CHANNEL,
    userId: String(HEAD_OF_SALES),
    role: 'manager' as const,
    allowGetNewClients: false,
  };
  stage.world.chat.settings = { ...settings, userRoles: [...settings.userRoles, head] };
  admin = await stage.open('office');
});
afterEach(() => stage.close());

const dialog = () => admin.getByRole('dialog', { name: names.dialog });
const review = () => reviewOf(admin, names);
const roleOf = (person: number) => stage.world.chat.roleOf(String(person), SALES_CHANNEL)?.role;
async function openRoles(): Promise<void> {
  await openSettings(admin, names);
  await admin.getByRole('button', { name: names.select }).click();
  await roleRow(admin, HEAD).waitFor();
  await admin.getByRole('tab', { name: /^Продажи/ }).click();
}
const save = () => dialog().getByRole('button', { name: names.save, exact: true }).click();

describe('the review before saving', () => {
  it('opens by itself when somebody loses sight of chats, and not when nobody does', async () => {
    await openRoles();
    await giveRole(admin, HEAD, names.seller);
    await save();
    const his = review().getByRole('listitem', { name: HEAD });
    await his.getByText('Продажи: Руководитель → Менеджер, новых клиентов: нет → да').waitFor();
    await his.getByText(/^Перестанет видеть чаты: клиентов коллег/).waitFor();
    expect(roleOf(HEAD_OF_SALES)).toBe('manager');

    await his.getByRole('button', { name: /^Не менять/ }).click();
    await review().getByText('Изменений нет').waitFor();
    await review().getByRole('button', { name: 'Вернуться к ролям' }).click();
    await giveRole(admin, A, names.supervisor);
    await save();
    await admin.getByText(names.saved).waitFor();
    expect([SELLER_A, HEAD_OF_SALES].map(roleOf)).toEqual(['manager', 'manager']);
  });

  it('names my own role first, and saves what I have looked at', async () => {
    await openRoles();
    await giveRole(admin, A, names.supervisor);
    await giveRole(admin, 'Ольга Крылова', names.supervisor);
    await save();
    const [first = ''] = await review().getByRole('listitem').allInnerTexts();
    expect(first).toMatch(/^Ольга Крылова\s+Это вы/);
    await saveReviewed(admin, names);
    await admin.getByText(names.saved).waitFor();
    expect([ADMIN, SELLER_A].map(roleOf)).toEqual(['manager', 'manager']);
  });
});

describe('the numbers of clients', () => {
  beforeEach(() => {
    for (let at = 1; at <= 214; at += 1) {
      const responsibleUserId = String(at <= 31 ? HEAD_OF_SALES : SELLER_B);
      const contactData = [{ chatType: 'whatsapp', chatId: `7916${at}` }];
      stage.world.chat.contacts.set(String(at), {
        id: String(at),
        responsibleUserId,
        name: `Клиент ${at}`,
        contactData,
      });
    }
  });

  it('are counted on demand, with progress, and can be cancelled', async () => {
    const COUNT = 'Посчитать, сколько клиентов кто увидит';
    await openRoles();
    await giveRole(admin, HEAD, names.seller);
    await dialog().getByRole('button', { name: names.review }).click();
    stage.world.disturbances.add(/^GET \/v3\/contacts\?offset=100/, 'slow');
    await review().getByRole('button', { name: COUNT }).click();
    await review().getByText('Читаем контакты в Wazzup: 100 из 214').waitFor();
    await review().getByRole('button', { name: 'Отменить' }).click();
    await review().getByRole('button', { name: COUNT }).waitFor();
    stage.world.clock.advance(3000);
    stage.world.disturbances.clear();

    await review().getByRole('button', { name: COUNT }).click();
    await review().getByRole('listitem', { name: HEAD }).getByText('214 клиентов → 31').waitFor();
    expect(
      await review()
        .getByText(/Это оценка/)
        .textContent(),
    ).toMatch(/ на \d\d:\d\d, /);
  });
});

describe('"Why does … see this?"', () => {
  it('is asked at the row and answered for what is not saved yet', async () => {
    await openRoles();
    await giveRole(admin, A, 'Контроль качества');
    await roleRow(admin, A).hover();
    await roleRow(admin, A)
      .getByRole('button', { name: `Почему ${A} видит чат?` })
      .click();
    const why = admin.getByRole('dialog', { name: `Почему ${A} видит чат?` });
    await why.getByLabel('Чей это чат').selectOption({ label: 'Клиента коллеги' });
    await why.getByText(/не может отвечать: контроль качества только читает/).waitFor();
    await why.getByText('Так будет, когда вы сохраните роли.').waitFor();
    await admin.keyboard.press('Escape');
    await why.waitFor({ state: 'detached' });
    expect(await roleRow(admin, A).getByRole('radio', { name: 'Контроль качества' }).isChecked()).toBe(true);
  });
});

describe('the list as a file', () => {
  it('is a table for Excel in which a hostile name is text', async () => {
    const colleague = stage.world.crm.users.get(SELLER_B);
    if (colleague) colleague.name = '=HYPERLINK("https://evil.example";"Борис")';
    await openRoles();
    await dialog().getByText('Ещё', { exact: true }).click();
    const started = admin.waitForEvent('download');
    await dialog().getByRole('button', { name: 'Скачать CSV' }).click();
    const download = await started;
    expect(download.suggestedFilename()).toMatch(/^roli-v-chatah-\d{4}-\d\d-\d\d\.csv$/);
    const text = await readFile(await download.path(), 'utf8');
    const lines = text.split('\r\n');
    expect(lines[0]).toBe(
      '\uFEFFСотрудник;E-mail;Группа;Продажи: Роль;Продажи: Получает новых клиентов;Опт: Роль;Опт: Получает новых клиентов',
    );
    expect(lines).toContain(`${A};employee-${SELLER_A}@example.com;Отдел продаж;Менеджер;да;Без роли;нет`);
    expect(lines).toContain(
      `"'=HYPERLINK(""https://evil.example"";""Борис"")";employee-${SELLER_B}@example.com;Отдел продаж;Менеджер;да;Без роли;нет`,
    );
    expect(lines).toHaveLength(1 + 5 + 1);
  });
});
