/** What people do in the CRM, in the words of its interface. */
import type { FrameLocator, Locator, Page } from 'playwright';
import type { Language } from '../world/people.ts';
import type { Stage } from './stage.ts';

/** The names that users and tests find things by. */
export const NAMES = {
  ru: {
    widget: 'Роли в чатах',
    integrations: 'Интеграции',
    install: 'Установить',
    nativeSave: 'Сохранить',
    address: 'Адрес шлюза',
    check: 'Проверить',
    standIn: /Кому CRM отдаёт новых клиентов/,
    nobody: 'Ничьи клиенты',
    select: 'Выбрать',
    refresh: 'Обновить данные из CRM',
    dialog: 'Роли сотрудников',
    coming: /Загружаем сотрудников/,
    seller: 'Менеджер',
    supervisor: 'Руководитель',
    none: 'Без роли',
    newClients: 'Получает новых клиентов',
    search: 'Поиск по сотрудникам',
    save: 'Сохранить',
    cancel: 'Отмена',
    review: 'Что изменится',
    saved: /Роли сохранены/,
    claim: 'Я отвечаю за клиента',
    mine: 'Вы отвечаете за клиента',
    told: /Чат исчез у других продавцов/,
    chats: 'Чаты',
    noAccess: 'Нет доступа к чатам',
  },
  en: {
    widget: 'Chat roles',
    integrations: 'Integrations',
    install: 'Install',
    nativeSave: 'Save',
    address: 'Gateway address',
    check: 'Check',
    standIn: /Who gets new clients in the CRM/,
    nobody: 'Unassigned clients',
    select: 'Select',
    refresh: 'Refresh data from CRM',
    dialog: 'Employee roles',
    coming: /Loading employees/,
    seller: 'Sales rep',
    supervisor: 'Supervisor',
    none: 'No role',
    newClients: 'Receives new clients',
    search: 'Search employees',
    save: 'Save',
    cancel: 'Cancel',
    review: 'What will change',
    saved: /Roles are saved/,
    claim: "I'm responsible",
    mine: 'You are responsible',
    told: /The chat has left the other sellers' lists/,
    chats: 'Chats',
    noAccess: 'No access to chats',
  },
} as const satisfies Record<Language, object>;

export type Names = (typeof NAMES)[Language];

/** Settings → Integrations → the widget's window. */
export async function openSettings(page: Page, names: Names): Promise<void> {
  await page.goto(`${new URL(page.url()).origin}/settings/widgets`);
  await page.getByRole('button', { name: names.widget }).click();
}

/** The admin installs the widget, connects the gateway, says who stands in for nobody, and presses the CRM's own Save. */
export async function connect(page: Page, stage: Stage, names: Names): Promise<void> {
  await openSettings(page, names);
  await page.getByRole('button', { name: names.install }).click();
  await page.getByRole('textbox', { name: names.address }).fill(stage.gatewayAddress);
  await page.getByRole('button', { name: names.check }).click();
  await page.getByLabel(names.standIn).selectOption({ label: names.nobody });
  await page.getByRole('button', { name: names.nativeSave }).click();
}

export const roleRow = (page: Page, employee: string): Locator =>
  page.getByRole('row', { name: new RegExp(`^${employee}`) });

export async function giveRole(page: Page, employee: string, role: string): Promise<void> {
  await roleRow(page, employee).getByRole('radio', { name: role }).check();
}

/** The chat service's window beside the CRM. */
export const chatWindow = (page: Page, names: Names): FrameLocator =>
  page.frameLocator(`iframe[title="${names.chats}"]`);

/** The card of a contact by its id. */
export async function openCard(page: Page, contactId: number): Promise<void> {
  await page.goto(`${new URL(page.url()).origin}/contacts/detail/${contactId}`);
}

/** The review that opens on Save when a change has to be looked at first. */
export const reviewOf = (page: Page, names: Names): Locator =>
  page.getByRole('dialog', { name: names.review });

/** The admin has looked, and saves. */
export async function saveReviewed(page: Page, names: Names): Promise<void> {
  await reviewOf(page, names).getByRole('button', { name: names.save, exact: true }).click();
}
