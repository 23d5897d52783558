/** A double press counts once: the second press at the same place reverts nothing and decides nothing else. */
import type { Locator, Page } from 'playwright';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ADMIN, HEAD_OF_SALES, SELLER_A, SELLER_B } from '../world/people.ts';
import { SALES_CHANNEL } from '../world/world.ts';
import { giveRole, NAMES, openSettings, reviewOf, roleRow } from '../support/crm-steps.ts';
import { connected } from '../support/setting-up.ts';
import { stages, type Stage } from '../support/browser-stage.ts';

const names = NAMES.ru;
const [ARTYOM, BORIS, VERA] = ['Артём Алексеев', 'Борис Белов', 'Вера Волкова'];
const SECOND_AFTER_MS = 200;
/** `npm run soak` also tries the size of a phone. */
const SIZES = {
  wide: { width: 1440, height: 900 },
  ...(process.env['SOAK'] === 'long' && { narrow: { width: 420, height: 740 } }),
};

const browser = stages();
let stage: Stage;
let admin: Page;
beforeEach(async () => {
  stage = await browser.stage();
  connected(stage);
});
afterEach(() => stage.close());

const dialog = (): Locator => admin.getByRole('dialog', { name: names.dialog });
const button = (name: string | RegExp, inside: Page | Locator = admin): Locator =>
  inside.getByRole('button', { name, exact: true });
const roleOf = (person: number) => stage.world.chat.roleOf(String(person), SALES_CHANNEL)?.role;

/** Presses twice at the same place, even when another control has appeared there. */
async function pressTwice(what: Locator): Promise<void> {
  await what.scrollIntoViewIfNeeded();
  const box = await what.boundingBox();
  if (!box) throw new Error('There is nothing to press');
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await admin.mouse.click(x, y);
  await admin.waitForTimeout(SECOND_AFTER_MS);
  await admin.mouse.click(x, y);
}
async function openRoles(): Promise<void> {
  await openSettings(admin, names);
  await button(names.select).click();
  await roleRow(admin, VERA).waitFor();
  await admin.getByRole('tab', { name: /^Продажи/ }).click();
}
const seat = (person: number, role: 'seller' | 'manager' | 'auditor') => ({
  channelId: SALES_CHANNEL,
  userId: String(person),
  role,
  allowGetNewClients: false,
});
function give(...userRoles: readonly ReturnType<typeof seat>[]): void {
  stage.world.chat.settings = { ...stage.world.chat.settings, userRoles: [...userRoles] };
}

type Case = readonly [what: string, press: () => Promise<void>, holds: () => Promise<unknown>];
const CASES: readonly Case[] = [
  [
    'a save stays saved',
    async () => {
      await openRoles();
      await giveRole(admin, VERA, names.supervisor);
      await pressTwice(button(names.save, dialog()));
    },
    async () => {
      await admin.getByText(names.saved).waitFor();
      expect(roleOf(HEAD_OF_SALES)).toBe('manager');
    },
  ],
  [
    'a save that needs a review is not confirmed',
    async () => {
      await openRoles();
      await giveRole(admin, ARTYOM, names.none);
      await pressTwice(button(names.save, dialog()));
    },
    async () => {
      await reviewOf(admin, names).waitFor();
      await admin.waitForTimeout(500);
      expect(await reviewOf(admin, names).isVisible()).toBe(true);
      expect(roleOf(SELLER_A)).toBe('seller');
    },
  ],
  [
    'an undo is not redone',
    async () => {
      await openRoles();
      await giveRole(admin, VERA, names.supervisor);
      await pressTwice(button('Отменить', dialog()));
    },
    async () => {
      await dialog().getByText('Изменений нет').waitFor();
      await admin.waitForTimeout(300);
      expect(await dialog().getByText('Изменений нет').isVisible()).toBe(true);
    },
  ],
  [
    'the switch of notifications stays on',
    async () => {
      give(seat(HEAD_OF_SALES, 'manager'));
      await openSettings(admin, names);
      await admin.getByText('Дополнительно').click();
      await pressTwice(admin.getByRole('switch', { name: /Уведомлять руководителей/ }));
    },
    async () => {
      await admin.getByText(/Сохранено в Wazzup/).waitFor();
      await admin.waitForTimeout(500);
      expect(stage.world.chat.settings.pushInputOutputMessageEventsForManagers).toBe(true);
    },
  ],
  [
    'only one conflict is resolved',
    async () => {
      const head = seat(HEAD_OF_SALES, 'manager');
      give(seat(SELLER_A, 'seller'), seat(SELLER_B, 'seller'), head);
      await openRoles();
      await giveRole(admin, ARTYOM, 'Контроль качества');
      await giveRole(admin, BORIS, 'Контроль качества');
      give(seat(SELLER_A, 'manager'), seat(SELLER_B, 'manager'), head);
      await button(names.save, dialog()).click();
      await pressTwice(dialog().getByRole('button', { name: 'Оставить мой вариант' }).first());
    },
    async () => {
      await dialog()
        .getByText(/Осталось решить: 1/)
        .waitFor();
      await admin.waitForTimeout(300);
      expect(
        await dialog()
          .getByText(/Осталось решить: 1/)
          .isVisible(),
      ).toBe(true);
    },
  ],
  [
    'a test message is sent once, and its result stays open',
    async () => {
      give(seat(ADMIN, 'manager'));
      await openSettings(admin, names);
      await button('Протестировать чаты').click();
      await admin.getByRole('textbox', { name: /Ваш номер/ }).fill('+79161234567');
      await pressTwice(button('Отправить и перейти в чаты'));
    },
    async () => {
      await admin.getByText(/отправлено на \+79161234567/).waitFor();
      await admin.waitForTimeout(500);
      expect(await admin.getByText(/отправлено на \+79161234567/).isVisible()).toBe(true);
    },
  ],
  [
    'a refresh is not stopped',
    async () => {
      stage.world.disturbances.add(/^GET \/api\/v4\/users/, 'slow');
      await openSettings(admin, names);
      await pressTwice(button(names.refresh));
    },
    async () => {
      await admin.getByText(/^Готово/).waitFor();
    },
  ],
];

describe.each(Object.entries(SIZES))('in a %s window', (_size, viewport) => {
  it.each(CASES)('after a double press, %s', async (_what, press, holds) => {
    admin = await stage.open('office', { viewport });
    await press();
    await holds();
    expect(admin.isClosed()).toBe(false);
  });
});
