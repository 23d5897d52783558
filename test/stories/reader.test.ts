/** What a screen reader reads: names and roles of focused elements, and the sentences of live regions. */
import type { Page } from 'playwright';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HEAD_OF_SALES, SELLER_B } from '../world/people.ts';
import { SALES_CHANNEL } from '../world/world.ts';
import {
  giveRole,
  NAMES,
  openCard,
  openSettings,
  reviewOf,
  roleRow,
  saveReviewed,
} from '../support/crm-steps.ts';
import { connected } from '../support/setting-up.ts';
import { stages, type Stage } from '../support/browser-stage.ts';

const names = NAMES.ru;
const [ARTYOM, BORIS, VERA, OLGA] = [
  'Артём Алексеев',
  'Борис Белов',
  'Вера Волкова',
  'Ольга Крылова',
] as const;

const browser = stages();
let stage: Stage;
beforeEach(async () => {
  stage = await browser.stage();
  connected(stage);
});
afterEach(() => stage.close());

/** From now on records what live regions say, in every new shadow root. */
async function listenTo(page: Page): Promise<() => Promise<string>> {
  await page.addInitScript(() => {
    const heard: string[] = [];
    Object.assign(window, { heard });
    const { attachShadow } = Element.prototype;
    Element.prototype.attachShadow = function attach(options) {
      const root = attachShadow.call(this, options);
      const keep = (): void => {
        for (const region of root.querySelectorAll('[role=status], [role=alert]')) {
          const words = region.textContent.trim();
          if (words !== '' && !heard.includes(words)) heard.push(words);
        }
      };
      new MutationObserver(keep).observe(root, { subtree: true, childList: true, characterData: true });
      return root;
    };
  });
  await page.reload();
  return () =>
    page.evaluate(() => {
      const heard: readonly string[] = Reflect.get(window, 'heard');
      return heard.join('\n');
    });
}

describe('a screen reader', () => {
  it('reads the changed roles, a conflict with another admin and the save', async () => {
    const page = await stage.open('office');
    const heard = await listenTo(page);
    await openSettings(page, names);
    await page.getByRole('button', { name: names.select }).click();
    const dialog = page.getByRole('dialog', { name: names.dialog });
    await dialog.getByRole('tab', { name: /^Продажи/ }).click();
    await expect
      .poll(() => roleRow(page, ARTYOM).ariaSnapshot())
      .toMatch(/row "Артём Алексеев, строка \d из 5, Менеджер, получает новых клиентов"/);
    expect(await dialog.getByRole('grid').getAttribute('aria-rowcount')).toBe('6');
    const row = await roleRow(page, VERA).ariaSnapshot();
    expect(row).toMatch(/radiogroup "Роль: Вера Волкова"/);
    expect(row).toMatch(/radio "Без роли" \[checked\]/);
    expect(row).toMatch(/radio "Менеджер"/);

    await giveRole(page, ARTYOM, names.supervisor);
    await giveRole(page, BORIS, names.supervisor);
    await giveRole(page, VERA, names.supervisor);
    await giveRole(page, OLGA, names.supervisor);
    await giveRole(page, names.nobody, names.supervisor);
    await expect.poll(heard).toMatch(/5 изменений/);
    stage.world.chat.settings = {
      ...stage.world.chat.settings,
      userRoles: [
        ...stage.world.chat.settings.userRoles,
        {
          channelId: SALES_CHANNEL,
          userId: String(HEAD_OF_SALES),
          role: 'auditor',
          allowGetNewClients: false,
        },
      ],
    };
    await dialog.getByRole('button', { name: names.save }).click();
    const conflict = dialog.getByRole('alert').getByText(/изменили и вы, и другой/);
    await reviewOf(page, names).or(conflict).first().waitFor();
    if (await reviewOf(page, names).isVisible()) await saveReviewed(page, names);
    await expect.poll(heard).toMatch(/изменили и вы, и другой/);
    const side = await dialog.getByRole('listitem', { name: VERA }).ariaSnapshot();
    expect(side).toMatch(/Руководитель/);
    expect(side).toMatch(/Контроль качества/);
    await dialog.getByRole('button', { name: 'Оставить мой вариант' }).click();
    await dialog.getByRole('button', { name: names.save }).click();
    await reviewOf(page, names).or(page.getByText(names.saved)).first().waitFor();
    if (await reviewOf(page, names).isVisible()) await saveReviewed(page, names);
    await expect.poll(heard).toMatch(names.saved);
  });

  it('connects an error to the field of the number', async () => {
    const page = await stage.open('office');
    await openSettings(page, names);
    await page.getByRole('button', { name: 'Протестировать чаты' }).click();
    const phone = page.getByRole('textbox', { name: /Ваш номер телефона/ });
    await phone.fill('12');
    await page.getByRole('button', { name: 'Отправить и перейти в чаты' }).click();
    await page
      .getByRole('alert')
      .getByText(/Нужен номер с кодом страны/)
      .waitFor();
    expect(await phone.getAttribute('aria-invalid')).toBe('true');
    const problem = await phone.getAttribute('aria-describedby');
    expect(await page.locator(`[id="${problem}"]`).textContent()).toMatch(/Нужен номер с кодом страны/);
  });

  it('connects an error to the field of the address', async () => {
    const page = await stage.open('office');
    await openSettings(page, names);
    await page.getByRole('button', { name: 'Подключить другой аккаунт' }).click();
    await page.getByText(names.another).click();
    const address = page.getByRole('textbox', { name: /^Адрес своего сервера/ });
    await address.fill('ftp:/');
    await page.getByRole('button', { name: 'Проверить' }).click();
    await page.getByRole('alert').waitFor();
    expect(await address.getAttribute('aria-invalid')).toBe('true');
    const problem = await address.getAttribute('aria-describedby');
    expect(await page.locator(`[id="${problem}"]`).textContent()).toMatch(/не похоже на адрес/);
  });

  it('reads to a seller that the client is theirs, and that a colleague was faster with another one', async () => {
    const [client, lost] = [stage.world.clientWrites(), stage.world.clientWrites()];
    const page = await stage.open('seller-a');
    const heard = await listenTo(page);
    await openCard(page, client.id);
    const caption = page.locator('.crm-chat-roles-caption');
    await caption.getByRole('button', { name: names.claim }).waitFor();
    expect(await caption.ariaSnapshot()).toMatch(/button "Я отвечаю за клиента"/);
    await caption.getByRole('button', { name: names.claim }).click();
    await expect.poll(heard).toMatch(names.told);

    await openCard(page, lost.id);
    await caption.getByRole('button', { name: names.claim }).waitFor();
    // At the moment of the press; a later change would be shown on the card.
    stage.world.disturbances.add(new RegExp(`^GET /api/v4/contacts/${lost.id}`), () =>
      stage.world.crm.assignContact(SELLER_B, lost.id, SELLER_B),
    );
    await caption.getByRole('button', { name: names.claim }).click();
    await expect.poll(heard).toMatch(/уже отвечает другой сотрудник/);
  });
});
