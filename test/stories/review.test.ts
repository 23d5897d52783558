/** What an admin sees before saving: the review, the reasons for each chat, and the list as a file. */
import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ADMIN, HEAD_OF_SALES, SELLER_A, SELLER_B } from '../world/people.ts';
import { SALES_CHANNEL } from '../world/world.ts';
import { giveRole, NAMES, openSettings, reviewOf, roleRow, saveReviewed } from '../support/crm-steps.ts';
import { connected } from '../support/setting-up.ts';
import { stages, type Stage } from '../support/browser-stage.ts';

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
  it('opens when an employee stops seeing some chats, and not otherwise', async () => {
    await openRoles();
    await giveRole(admin, HEAD, names.seller);
    await save();
    const theirs = review().getByRole('listitem', { name: HEAD });
    await theirs.getByText('Продажи: Руководитель → Менеджер, новых клиентов: нет → да').waitFor();
    await theirs.getByText(/^Перестанет видеть чаты: клиентов коллег/).waitFor();
    expect(roleOf(HEAD_OF_SALES)).toBe('manager');

    await theirs.getByRole('button', { name: /^Не менять/ }).click();
    await review().getByText('Изменений нет').waitFor();
    await review().getByRole('button', { name: 'Вернуться к ролям' }).click();
    await giveRole(admin, A, names.supervisor);
    await save();
    await admin.getByText(names.saved).waitFor();
    expect([SELLER_A, HEAD_OF_SALES].map(roleOf)).toEqual(['manager', 'manager']);
  });

  it('lists the admin’s own role first, and saves on a press', async () => {
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

describe('"Why does … see this?"', () => {
  it('is asked in a row, and the answer uses the unsaved role', async () => {
    await openRoles();
    await giveRole(admin, A, 'Контроль качества');
    await roleRow(admin, A).hover();
    await roleRow(admin, A)
      .getByRole('button', { name: `Видит ли ${A} чат и почему` })
      .click();
    const why = admin.getByRole('dialog', { name: `Видит ли ${A} чат и почему` });
    await why.getByLabel('Чей это чат').selectOption({ label: 'Клиента коллеги' });
    await why.getByText(/не может отвечать: контроль качества только читает/).waitFor();
    await why.getByText('Так будет, когда вы сохраните роли.').waitFor();
    await admin.keyboard.press('Escape');
    await why.waitFor({ state: 'detached' });
    expect(await roleRow(admin, A).getByRole('radio', { name: 'Контроль качества' }).isChecked()).toBe(true);
  });
});

describe('the list as a file', () => {
  it('is a table for Excel in which a hostile name is plain text', async () => {
    const colleague = stage.world.crm.users.get(SELLER_B);
    if (colleague) colleague.name = '=HYPERLINK("https://evil.example";"Борис")';
    await openRoles();
    await dialog().getByText('Ещё', { exact: true }).click();
    const started = admin.waitForEvent('download');
    await dialog().getByRole('button', { name: 'Скачать CSV' }).click();
    const download = await started;
    expect(download.suggestedFilename()).toMatch(/^roli-v-chatah-\d{4}-\d\d-\d\d\.csv$/);
    const text = await readFile(await download.path(), 'utf16le');
    const lines = text.split('\r\n');
    expect(lines[0]).toBe(
      '\uFEFFСотрудник\tE-mail\tГруппа\tПродажи: Роль\tПродажи: Получает новых клиентов\tОпт: Роль\tОпт: Получает новых клиентов',
    );
    expect(lines).toContain(
      `${A}\temployee-${SELLER_A}@example.com\tОтдел продаж\tМенеджер\tда\tБез роли\tнет`,
    );
    expect(lines).toContain(
      `"'=HYPERLINK(""https://evil.example"";""Борис"")"\temployee-${SELLER_B}@example.com\tОтдел продаж\tМенеджер\tда\tБез роли\tнет`,
    );
    expect(lines).toHaveLength(1 + 5 + 1);
  });
});
