/** What people do in the CRM, in terms of its interface. */
import type { Locator, Page } from 'playwright';
import type { KeyKind } from '../world/chat.ts';
import { NOBODY, type Language } from '../world/people.ts';
import type { Part, Screen } from './screen.ts';
import type { Stage } from './browser-stage.ts';

/** The names by which users and tests find elements. */
export const NAMES = {
  ru: {
    widget: 'Роли в чатах',
    integrations: 'Интеграции',
    install: 'Установить',
    nativeSave: 'Сохранить',
    connect: 'Подключить Wazzup',
    inService: 'Подключить',
    agree: 'Подключить',
    refuse: 'Нет',
    another: 'Другой способ',
    key: 'Ключ Wazzup',
    look: 'Посмотреть, что он открывает',
    accept: 'Да, подключить',
    connected: /Wazzup подключён/,
    channelsOnly: /только для каналов и тестовых сообщений/,
    cabinet: /кабинет Wazzup/,
    test: 'Протестировать чаты',
    paid: /может считаться платным диалогом.*нужен одобренный шаблон/,
    phone: /Ваш номер телефона/,
    send: 'Отправить и перейти в чаты',
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
    connect: 'Connect Wazzup',
    inService: 'Connect',
    agree: 'Connect',
    refuse: 'No',
    another: 'Another way',
    key: 'Wazzup key',
    look: 'See what it opens',
    accept: 'Yes, connect',
    connected: /Wazzup is connected/,
    channelsOnly: /for channels and test messages only/,
    cabinet: /Wazzup dashboard/,
    test: 'Test chats',
    paid: /may count as a paid conversation.*needs an approved template/,
    phone: /Your phone number/,
    send: 'Send and go to the chats',
    standIn: /Users the CRM assigns new clients to/,
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
    saved: /Roles saved/,
    claim: 'I’m responsible',
    mine: 'You are responsible',
    told: /Other sales reps no longer see the chat/,
    chats: 'Chats',
    noAccess: 'No access to chats',
  },
} as const satisfies Record<Language, object>;

export type Names = (typeof NAMES)[Language];

/** Opens Settings → Integrations → the widget's window. */
export async function openSettings(page: Screen, names: Names): Promise<void> {
  await page.goto(`${new URL(page.url()).origin}/settings/widgets`);
  await page.getByRole('button', { name: names.widget }).click();
}

export const keyOf = ({ world }: Pick<Stage, 'world'>, wanted: KeyKind): string => {
  const found = [...world.chat.keys].find(([, kind]) => kind === wanted)?.[0];
  if (found === undefined) throw new Error(`The chat service has issued no ${wanted} key`);
  return found;
};

/** "Another way": the admin pastes a key, checks what it gives access to, and confirms. */
export async function connectWithKey(page: Screen, names: Names, key: string): Promise<void> {
  await page.getByText(names.another).click();
  await page.getByLabel(names.key).fill(key);
  await page.getByRole('button', { name: names.look }).click();
  await page.getByRole('button', { name: names.accept }).click();
  await page.getByText(names.connected).waitFor();
}

/**
 * "Connect Wazzup": goes to the service's own pages and back to our page that asks for consent. Resolves after the
 * answer.
 */
export async function travel(page: Page, names: Names, answer: 'yes' | 'no' = 'yes'): Promise<Page> {
  const popup = page.waitForEvent('popup');
  await page.getByRole('button', { name: names.connect }).click();
  const tab = await popup;
  await tab.getByRole('button', { name: names.inService }).click();
  await tab.getByText('79865784457').waitFor();
  await tab.getByRole('button', { name: answer === 'yes' ? names.agree : names.refuse }).click();
  if (answer === 'yes') await page.getByText(names.connected).waitFor();
  return tab;
}

/**
 * The admin installs the widget and connects Wazzup with a key that can write roles. The stand-in owner is still in the
 * CRM's own field, where an earlier version stored it; the server takes it over.
 */
export async function connect(page: Screen, stage: Pick<Stage, 'world'>, names: Names): Promise<void> {
  stage.world.crm.integration.fields = { custom: JSON.stringify({ v: 1, standInOwners: [String(NOBODY)] }) };
  await openSettings(page, names);
  await page.getByRole('button', { name: names.install }).click();
  await connectWithKey(page, names, keyOf(stage, 'partner'));
}

type Rows<Found> = { readonly getByRole: (role: 'row', named: { readonly name: RegExp }) => Found };

export const roleRow = <Found>(page: Rows<Found>, employee: string): Found =>
  page.getByRole('row', { name: new RegExp(`^${employee}`) });

/**
 * The line in which a person's role is chosen: their own row for a single channel, or the line for all channels below
 * the unfolded row if all channels are shown.
 */
export async function roleLine<Found extends Part>(page: Rows<Found>, employee: string): Promise<Found> {
  const row = roleRow(page, employee);
  await row.waitFor();
  const counts = row.getByRole('button', { name: /^(Роль|Role|Rol): / });
  if ((await counts.count()) === 0) return row;
  const line = page.getByRole('row', {
    name: new RegExp(`^(Все каналы|All channels|Todos los canales): ${employee}`),
  });
  if ((await line.count()) === 0) await counts.click();
  return line;
}

export async function giveRole<Found extends Part>(
  page: Rows<Found>,
  employee: string,
  role: string,
): Promise<void> {
  const line = await roleLine(page, employee);
  await line.getByRole('radio', { name: role }).check();
}

/** The chat service's window next to the CRM. */
type Frames<Found> = { readonly frameLocator: (selector: string) => Found };

export const chatWindow = <Found>(page: Frames<Found>, names: Names): Found =>
  page.frameLocator(`iframe[title="${names.chats}"]`);

/** Opens the card of a contact by its id. */
export async function openCard(page: Screen, contactId: number): Promise<void> {
  await page.goto(`${new URL(page.url()).origin}/contacts/detail/${contactId}`);
}

/** The review that opens on Save when a change must be looked at first. */
export const reviewOf = (page: Page, names: Names): Locator =>
  page.getByRole('dialog', { name: names.review });

/** Confirms the review and saves. */
export async function saveReviewed(page: Page, names: Names): Promise<void> {
  await reviewOf(page, names).getByRole('button', { name: names.save, exact: true }).click();
}
