/** Ten thousand employees are found, browsed and changed with the keyboard alone, and only visible rows are drawn. */
import type { Locator, Page } from 'playwright';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HEAD_OF_SALES } from '../world/people.ts';
import { SALES_CHANNEL } from '../world/world.ts';
import { NAMES, openSettings } from '../support/crm-steps.ts';
import { connected } from '../support/setting-up.ts';
import { stages, type Stage } from '../support/browser-stage.ts';

const names = NAMES.ru;
const SIZE = 10_000;
const browser = stages();
let stage: Stage;
let admin: Page;
beforeEach(async () => {
  stage = await browser.stage({ size: SIZE });
  connected(stage);
  admin = await stage.open('office');
  await openSettings(admin, names);
  await admin.getByRole('button', { name: names.select }).click();
  await grid().waitFor();
  await dialog().getByText(names.coming).waitFor({ state: 'hidden' });
  await dialog()
    .getByRole('tab', { name: /^Продажи/ })
    .click();
});
afterEach(() => stage.close());

const dialog = () => admin.getByRole('dialog', { name: names.dialog });
const grid = () => dialog().getByRole('grid');
const search = () => dialog().getByRole('searchbox');
const press = (key: string) => admin.keyboard.press(key);
const status = (text: string) => dialog().getByText(text, { exact: true }).waitFor();
/** The label of the focused row, as a screen reader reads it. */
const focusedRow = () =>
  grid().evaluate(element => {
    const root = element.getRootNode();
    const focused = root instanceof ShadowRoot ? root.activeElement : null;
    return focused?.closest('[role=row]')?.getAttribute('aria-label') ?? '';
  });
const drawn = () =>
  grid()
    .getByRole('row')
    .evaluateAll(rows => rows.map(row => Number(row.getAttribute('aria-rowindex'))));
/** The row that is visible at this point. */
const standsAt = (x: number, y: number) =>
  grid().evaluate(
    (element, [left, top]) => {
      const root = element.getRootNode();
      const there = root instanceof ShadowRoot ? root.elementFromPoint(left, top) : null;
      return there?.closest('[role=row]')?.getAttribute('aria-label') ?? '';
    },
    [x, y] as const,
  );
const isInSight = (element: Locator) =>
  element.evaluate(one => {
    const { left, top, width, height } = one.getBoundingClientRect();
    const root = one.getRootNode();
    return root instanceof ShadowRoot && root.elementFromPoint(left + width / 2, top + height / 2) === one;
  });
async function said(words: RegExp): Promise<void> {
  await expect.poll(focusedRow).toMatch(words);
}

describe('ten thousand employees', () => {
  it('are drawn only where they are visible, with their positions', async () => {
    expect(await grid().getAttribute('aria-rowcount')).toBe(`${SIZE + 1}`);
    expect(Math.max(...(await drawn()))).toBeLessThan(60);
    await dialog()
      .locator('.dialog-body')
      .evaluate(body => {
        body.scrollTop = body.scrollHeight / 2;
      });
    await expect.poll(async () => Math.min(...(await drawn()).slice(2))).toBeGreaterThan(3000);
    const rows = await drawn();
    expect(rows.length).toBeLessThan(60);
    expect(rows.slice(2)).toEqual(rows.slice(2).map((_, at) => (rows[2] ?? 0) + at));
  });

  it('keep the focus on a row that is scrolled out of view', async () => {
    await grid().getByRole('checkbox').nth(1).focus();
    const before = await focusedRow();
    await dialog()
      .locator('.dialog-body')
      .evaluate(body => {
        body.scrollTop = body.scrollHeight;
      });
    await expect.poll(async () => Math.max(...(await drawn()))).toBe(SIZE + 1);
    expect(await focusedRow()).toBe(before);
    await press('ArrowDown');
    await said(/строка 2 из 10000/);
  });

  it('can be changed and saved with the keyboard alone', async () => {
    await press('Control+f');
    await admin.keyboard.insertText('ВОЛКОВА вера');
    await status(`1 из ${SIZE}`);
    const reach = async (): Promise<void> => {
      while (!(await focusedRow()).startsWith('Вера')) await press('Tab');
    };
    await reach();
    await press('Digit2');
    await press('KeyN');
    await said(/^Вера Волкова, строка 1 из 1, Руководитель, получает новых клиентов, изменено$/);
    await press('Slash');
    await search().fill('');
    await reach();
    await press('End');
    await said(/строка 10000 из 10000/);
    await press('Home');
    await said(/строка 1 из 10000/);
    await press('Shift+Slash');
    await admin.getByRole('dialog', { name: 'Горячие клавиши' }).waitFor();
    await press('Escape');
    await said(/^.+, строка/);
    await dialog().getByRole('button', { name: names.save }).focus();
    await press('Enter');
    await admin.getByText(names.saved).waitFor();
    expect(stage.world.chat.roleOf(String(HEAD_OF_SALES), SALES_CHANNEL)).toMatchObject({
      role: 'manager',
      allowGetNewClients: true,
    });
  });

  it('can be scrolled on a phone in both orientations, and "Save" stays visible', async () => {
    // Opened again, so that all employees are loaded before it opens.
    await dialog().getByRole('button', { name: names.cancel }).click();
    const [narrow, long] = [360, 740];
    await admin.setViewportSize({ width: narrow, height: long });
    await admin.getByRole('button', { name: names.select }).click();
    await grid().waitFor();
    const scrollTo = (share: number) =>
      dialog().evaluate((element, part) => {
        element.scrollTop = element.scrollHeight * part;
      }, share);
    for (const [width, height] of [
      [narrow, long],
      [long, narrow],
    ] as const) {
      await admin.setViewportSize({ width, height });
      await scrollTo(0.5);
      await expect.poll(() => standsAt(width / 2, height / 2)).toMatch(/, строка [3-6]\d{3} из 10000/);
      await scrollTo(1);
      await expect.poll(async () => Math.max(...(await drawn()))).toBe(SIZE + 1);
      expect(await isInSight(dialog().getByRole('button', { name: names.save }))).toBe(true);
    }
  });

  it('keep their keys from the CRM, but not their clicks', async () => {
    await admin.evaluate(() => {
      const heard: string[] = [];
      Object.assign(window, { heard });
      for (const kind of ['keydown', 'keypress', 'keyup', 'click']) {
        document.addEventListener(kind, () => heard.push(kind));
      }
    });
    await grid().getByRole('checkbox').nth(1).focus();
    for (const key of ['ArrowDown', 'Digit1', 'KeyN', 'Shift+ArrowDown', 'Slash', 'г', 'Control+f']) {
      await (key.length === 1 ? admin.keyboard.type(key) : press(key));
    }
    const heard = (): Promise<readonly string[]> => admin.evaluate(() => Reflect.get(window, 'heard'));
    expect(await heard()).toEqual([]);
    await grid().getByRole('checkbox').nth(1).click();
    await expect.poll(heard).toContain('click');
  });

  it('can be grouped and filtered, and ticks outside the filter are counted', async () => {
    await dialog().getByRole('button', { name: 'Фильтры и сортировка' }).click();
    await dialog()
      .getByRole('combobox', { name: /^Сортировка/ })
      .selectOption({ label: 'По группам' });
    await dialog().getByText('Отдел продаж: 5003').waitFor();
    expect(await grid().getAttribute('aria-rowcount')).toBe(`${SIZE + 3}`);
    await dialog().getByLabel('Отключённых в CRM').check();
    await status(`908 из ${SIZE}`);
    await dialog().getByRole('checkbox', { name: 'Отметить всех в списке' }).check();
    await search().fill('никого');
    await status(`0 из ${SIZE}`);
    await dialog().getByText('Отмечено 908 сотрудников, из них не показано 908').waitFor();
  });
});
