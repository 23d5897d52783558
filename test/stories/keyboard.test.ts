/** All actions without a mouse: the focus is visible, reaches every control, returns and is never trapped. */
import type { Page } from 'playwright';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HEAD_OF_SALES, NOBODY, SELLER_A, SELLER_B } from '../world/people.ts';
import { SALES_CHANNEL } from '../world/world.ts';
import { focused, pressOn, tabTo } from './by-keyboard.ts';
import { NAMES, openCard, openSettings, reviewOf } from '../support/crm-steps.ts';
import { connected } from '../support/setting-up.ts';
import { stages, type Stage } from '../support/browser-stage.ts';

const names = NAMES.ru;

const browser = stages();
let stage: Stage;
beforeEach(async () => {
  stage = await browser.stage({ size: 8 });
  connected(stage);
});
afterEach(() => stage.close());

const roleOf = (person: number) => stage.world.chat.roleOf(String(person), SALES_CHANNEL)?.role;

describe('with the keyboard alone', () => {
  it('an admin sets five roles, resolves a conflict, saves and opens the test of chats', async () => {
    const page = await stage.open('office');
    await openSettings(page, names);
    await page.getByRole('button', { name: names.select }).waitFor();
    expect(await pressOn(page, names.select)).toEqual([]);
    const dialog = page.getByRole('dialog', { name: names.dialog });
    await dialog.getByRole('row').nth(1).waitFor();
    expect(await tabTo(page, /^Продажи|^Все каналы/)).toEqual([]);
    await page.keyboard.press('ArrowRight');
    await tabTo(page, /^Продажи/);

    const [first] = await dialog.getByRole('row').all();
    expect(await first?.isVisible()).toBe(true);
    const row = async (): Promise<string> =>
      page.evaluate(() => {
        let element = document.activeElement;
        while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
        return element?.closest('[role=row]')?.getAttribute('aria-label') ?? '';
      });
    while (!/строка \d+ из \d+/.test(await row())) await page.keyboard.press('Tab');
    for (let one = 0; one < 5; one += 1) {
      await page.keyboard.press('Digit2');
      await expect.poll(row).toContain(names.supervisor);
      await page.keyboard.press('ArrowDown');
    }
    await dialog.getByText('5 изменений').waitFor();
    // Another admin has changed one of them in the meantime.
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
    await pressOn(page, names.save);
    const review = reviewOf(page, names);
    const conflict = dialog.getByText(/изменили и вы, и другой/).first();
    await review.or(conflict).first().waitFor();
    if (await review.isVisible()) await pressOn(page, names.save);
    await conflict.waitFor();
    expect(await pressOn(page, 'Оставить мой вариант')).toEqual([]);
    await conflict.waitFor({ state: 'detached' });
    await pressOn(page, names.save);
    const saved = page.getByText(names.saved);
    await review.or(saved).first().waitFor();
    if (await review.isVisible()) await pressOn(page, names.save);
    await saved.waitFor();
    expect(roleOf(HEAD_OF_SALES)).toBe('manager');

    await pressOn(page, 'Протестировать чаты');
    await page.getByRole('dialog', { name: 'Протестировать чаты' }).waitFor();
    expect(await tabTo(page, /^Ваш номер телефона/)).toEqual([]);
    await page.keyboard.press('Escape');
    // The focus is back on the button.
    await expect.poll(async () => (await focused(page)).name).toBe('Протестировать чаты');
  });

  it('Tab stays in the dialog, and the focus returns to its button when it closes', async () => {
    const page = await stage.open('office');
    await openSettings(page, names);
    await page.getByRole('button', { name: names.select }).waitFor();
    await pressOn(page, names.select);
    const dialog = page.getByRole('dialog', { name: names.dialog });
    await dialog.getByRole('row').nth(1).waitFor();
    const inDialog = (): Promise<boolean> => dialog.evaluate(element => element.matches(':focus-within'));
    expect(await inDialog()).toBe(true);
    const stops: boolean[] = [];
    for (let stop = 0; stop < 30; stop += 1) {
      await page.keyboard.press('Tab');
      const isOnPage = await page.evaluate(
        () => document.hasFocus() && document.activeElement !== document.body,
      );
      stops.push(!isOnPage || (await inDialog()));
    }
    expect(stops).not.toContain(false);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await expect.poll(async () => (await focused(page)).name).toBe(names.select);
  });

  it('a seller takes a client, loses another one to a colleague, and hands the first one over', async () => {
    const [client, lost] = [stage.world.clientWrites(), stage.world.clientWrites()];
    const page: Page = await stage.open('seller-a');
    await openCard(page, lost.id);
    await page.getByRole('button', { name: names.claim }).waitFor();
    // At the moment of the press; a later change would be shown on the card.
    stage.world.disturbances.add(new RegExp(`^GET /api/v4/contacts/${lost.id}`), () =>
      stage.world.crm.assignContact(SELLER_B, lost.id, SELLER_B),
    );
    expect(await pressOn(page, names.claim)).toEqual([]);
    await page.getByText('Отвечает: Борис Белов').first().waitFor();
    expect(lost.responsibleUserId).toBe(SELLER_B);

    await openCard(page, client.id);
    // The CRM's own panel unfolds by a click on its caption.
    await page.locator('.crm-chat-roles-caption').click({ position: { x: 8, y: 8 } });
    await page.getByText('Кто видит чаты этого клиента').waitFor();
    await pressOn(page, names.claim);
    await page.getByText(names.told).waitFor();
    expect(client.responsibleUserId).toBe(SELLER_A);
    await page.getByText('Ещё', { exact: true }).waitFor();
    expect(await pressOn(page, 'Ещё')).toEqual([]);
    expect(await pressOn(page, 'Передать клиента')).toEqual([]);
    await tabTo(page, /^Кому|^выберите/);
    await page.keyboard.press('ArrowDown');
    await pressOn(page, 'Передать');
    await page.getByText('Клиент передан.').waitFor();
    expect(client.responsibleUserId).not.toBe(SELLER_A);
    expect(client.responsibleUserId).not.toBe(NOBODY);
  });
});
