/** What the admin sets besides roles, in a real browser: settings in our server, and one in the chat service. */
import type { Locator, Page } from 'playwright';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import ru from '../../locales/ru.json' with { type: 'json' };
import { HEAD_OF_SALES, NOBODY, SELLER_A, SELLER_B } from '../world/people.ts';
import { SALES_CHANNEL, WHOLESALE_CHANNEL } from '../world/world.ts';
import { giveRole, NAMES, openCard, openSettings, roleRow } from '../support/crm-steps.ts';
import { connected } from '../support/setting-up.ts';
import { stages, type Stage } from '../support/browser-stage.ts';

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

const inField = (): unknown => JSON.parse(stage.world.crm.integration.fields['custom'] ?? '');
/** The last answer of the server to this browser. */
const kept = async (page = admin): Promise<unknown> =>
  JSON.parse(
    await page.evaluate(() => {
      const [, text = ''] = Object.entries(localStorage).find(([key]) => key.includes(':own:')) ?? [];
      return text.replace(/^\d+ /, '');
    }),
  );
const saved = (page = admin): Promise<void> => page.getByText(ru.own.saved).waitFor();
const rules = (page = admin): Promise<void> => page.getByText('Правила', { exact: true }).click();
const fromColleague = (page = admin): Locator =>
  page.getByRole('combobox', { name: /^Продавец может взять клиента коллеги/ });

describe('own settings', () => {
  it('keep several stand-in owners and roles for new employees without the CRM’s own Save, and show them again', async () => {
    await openSettings(admin, names);
    await admin.getByLabel(names.standIn).selectOption({ label: 'Вера Волкова' });
    await admin.getByText('Роли для новых сотрудников').click();
    await admin.getByRole('combobox', { name: /^Поддержка/ }).selectOption({ label: names.seller });
    await saved();
    await expect
      .poll(() => kept())
      .toEqual({
        v: 1,
        standInOwners: [String(NOBODY), String(HEAD_OF_SALES)],
        newcomers: { 493002: 'seller' },
      });

    await openSettings(admin, names);
    await admin.getByRole('button', { name: 'Убрать: Вера Волкова' }).waitFor();
    await admin.getByText('Роли для новых сотрудников').click();
    expect(await admin.getByRole('combobox', { name: /^Поддержка/ }).inputValue()).toBe('seller');
  });

  it('keep the rules of taking clients, and show them again after a reload', async () => {
    const note = (): Locator => admin.getByRole('switch', { name: 'Оставлять примечание в ленте контакта' });
    await openSettings(admin, names);
    await rules();
    await fromColleague().selectOption({ label: 'С указанием причины' });
    await note().uncheck();
    await expect
      .poll(() => kept())
      .toMatchObject({
        standInOwners: [String(NOBODY)],
        claims: { fromColleague: 'with-reason', note: false },
      });

    await openSettings(admin, names);
    await rules();
    expect([await fromColleague().inputValue(), await note().isChecked()]).toEqual(['with-reason', false]);
  });

  it('keep default channels, and show them again', async () => {
    const { userRoles } = stage.world.chat.settings;
    const onWholesale = userRoles.map(role => ({ ...role, channelId: WHOLESALE_CHANNEL }));
    stage.world.chat.settings = { ...stage.world.chat.settings, userRoles: [...userRoles, ...onWholesale] };
    const additional = (): Locator => admin.getByText('Дополнительно');
    const own = (): Locator => admin.getByRole('combobox', { name: 'Артём Алексеев' });
    await openSettings(admin, names);
    await additional().click();
    await admin.getByText('Канал по умолчанию не выбран (каналов: 2): Артём Алексеев, Борис Белов').waitFor();
    const section = admin.getByRole('region', { name: 'Канал по умолчанию' });
    await section.getByLabel('Отдел продаж').selectOption({ label: 'Опт (Telegram)' });
    await section.getByLabel('Личный канал сотрудника').first().selectOption({ label: 'Артём Алексеев' });
    await own().selectOption({ label: 'Продажи (WhatsApp)' });
    expect(await admin.getByText(/Канал по умолчанию не выбран/).count()).toBe(0);
    await expect
      .poll(() => kept())
      .toMatchObject({
        channels: { groups: { 0: WHOLESALE_CHANNEL }, people: { [SELLER_A]: SALES_CHANNEL } },
      });

    await openSettings(admin, names);
    await additional().click();
    expect(await section.getByLabel('Отдел продаж').inputValue()).toBe(WHOLESALE_CHANNEL);
    expect(await own().inputValue()).toBe(SALES_CHANNEL);
  });
});

describe('a change of own settings', () => {
  it('applies at once to a seller in another browser, and leaves nothing for the CRM’s own Save', async () => {
    const seller = await stage.open('seller-a');
    const client = stage.world.clientWrites({ name: 'Анна Ким' });
    client.responsibleUserId = SELLER_B;
    await openSettings(admin, names);
    await rules();
    await fromColleague().selectOption({ label: 'Свободно' });
    await saved();
    const before = inField();
    await openCard(seller, client.id);
    await seller.locator('.crm-chat-roles-caption').click({ position: { x: 8, y: 8 } });
    await seller.getByRole('button', { name: 'Забрать клиента' }).waitFor();

    expect(await admin.getByRole('button', { name: names.nativeSave }).isDisabled()).toBe(true);
    await openSettings(admin, names);
    await rules();
    expect(await fromColleague().inputValue()).toBe('freely');
    expect(inField()).toEqual(before);
  });

  it('is not lost when another admin saves a different one at the same moment, and a conflict is shown', async () => {
    const colleague = stage.world.crm.users.get(SELLER_A);
    if (colleague) colleague.isAdmin = true;
    const other = await stage.open('seller-a');
    await Promise.all([openSettings(admin, names), openSettings(other, names)]);
    await rules();
    await Promise.all([
      fromColleague().selectOption({ label: 'Свободно' }),
      other.getByLabel(names.standIn).selectOption({ label: 'Вера Волкова' }),
    ]);
    await Promise.all([saved(), saved(other)]);
    // The second one has read what the first one wrote.
    await expect
      .poll(async () => [await kept(), await kept(other)])
      .toContainEqual(
        expect.objectContaining({
          standInOwners: [String(NOBODY), String(HEAD_OF_SALES)],
          claims: expect.objectContaining({ fromColleague: 'freely' }),
        }),
      );
    // The same setting, from two panels of which one is outdated.
    await openSettings(other, names);
    await rules(other);
    await fromColleague(other).selectOption({ label: 'С указанием причины' });
    await other.getByText(ru.own.saved).waitFor();
    await fromColleague().selectOption({ label: 'Никогда' });
    await admin.getByText(ru.own.contested).waitFor();
    expect(await fromColleague().inputValue()).toBe('with-reason');
  });
});

describe('"Notify supervisors about all messages"', () => {
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
