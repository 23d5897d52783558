/** Two admins set roles at the same time, each in their own browser; and an admin's page is closed in the middle. */
import type { Locator, Page } from 'playwright';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HEAD_OF_SALES, SELLER_A, SELLER_B } from '../world/people.ts';
import { SALES_CHANNEL } from '../world/world.ts';
import { giveRole, NAMES, openSettings, roleRow } from '../support/crm-steps.ts';
import { connected } from '../support/setting-up.ts';
import { stages, type Stage } from '../support/browser-stage.ts';

const names = NAMES.ru;
const [ARTYOM, BORIS, VERA] = ['Артём Алексеев', 'Борис Белов', 'Вера Волкова'] as const;
const AUDITOR = 'Контроль качества';

const browser = stages();
let stage: Stage;
beforeEach(async () => {
  stage = await browser.stage();
  connected(stage);
});
afterEach(() => stage.close());

const dialog = (page: Page): Locator => page.getByRole('dialog', { name: names.dialog });
const roles = () =>
  [SELLER_A, SELLER_B, HEAD_OF_SALES].map(
    person => stage.world.chat.roleOf(String(person), SALES_CHANNEL)?.role,
  );
async function openRoles(page: Page): Promise<void> {
  await openSettings(page, names);
  await page.getByRole('button', { name: names.select }).click();
  await roleRow(page, VERA).waitFor();
}
const toSales = (page: Page) =>
  dialog(page)
    .getByRole('tab', { name: /^Продажи/ })
    .click();
const save = (page: Page) => dialog(page).getByRole('button', { name: names.save }).click();
const conflict = (page: Page) =>
  dialog(page)
    .getByRole('alert')
    .getByText(/изменили и вы, и другой/);

describe('two admins', () => {
  /** Each makes one other employee a supervisor, and both change Vera: one to supervisor, one to quality control. */
  const WANTED = {
    first: [
      [ARTYOM, names.supervisor],
      [VERA, names.supervisor],
    ],
    second: [
      [BORIS, names.supervisor],
      [VERA, AUDITOR],
    ],
  } as const;
  type Admin = keyof typeof WANTED;
  const pages = new Map<Admin, Page>();
  const pageOf = (admin: Admin): Page => {
    const page = pages.get(admin);
    if (!page) throw new Error('This admin has not opened the CRM');
    return page;
  };
  const steps = {
    async reads(admin: Admin): Promise<void> {
      const page = pageOf(admin);
      await openRoles(page);
      await toSales(page);
      for (const [person, role] of WANTED[admin]) await giveRole(page, person, role);
    },
    async writes(admin: Admin): Promise<void> {
      await save(pageOf(admin));
      await pageOf(admin)
        .getByText(names.saved)
        .or(conflict(pageOf(admin)))
        .waitFor();
    },
  };

  beforeEach(async () => {
    const colleague = stage.world.crm.users.get(SELLER_A);
    if (colleague) colleague.isAdmin = true;
    const [first, second] = [await stage.open('office'), await stage.open('seller-a')];
    pages.set('first', first).set('second', second);
  });

  type Step = readonly [Admin, keyof typeof steps];
  async function go(order: readonly Step[]): Promise<void> {
    for (const [admin, does] of order) await steps[does](admin);
  }
  const whatStands = (veras: Admin): readonly string[] => [
    'manager',
    'manager',
    veras === 'first' ? 'manager' : 'auditor',
  ];

  it.each<readonly [last: Admin, order: readonly Step[]]>([
    [
      'second',
      [
        ['first', 'reads'],
        ['first', 'writes'],
        ['second', 'reads'],
        ['second', 'writes'],
      ],
    ],
    [
      'first',
      [
        ['second', 'reads'],
        ['second', 'writes'],
        ['first', 'reads'],
        ['first', 'writes'],
      ],
    ],
  ])('who save one after the other lose nothing when the %s is last', async (last, order) => {
    await go(order);
    expect(roles()).toEqual(whatStands(last));
  });

  it.each<readonly [last: Admin, order: readonly Step[]]>([
    [
      'first',
      [
        ['first', 'reads'],
        ['second', 'reads'],
        ['second', 'writes'],
        ['first', 'writes'],
      ],
    ],
    [
      'second',
      [
        ['first', 'reads'],
        ['second', 'reads'],
        ['first', 'writes'],
        ['second', 'writes'],
      ],
    ],
    [
      'first',
      [
        ['second', 'reads'],
        ['first', 'reads'],
        ['second', 'writes'],
        ['first', 'writes'],
      ],
    ],
    [
      'second',
      [
        ['second', 'reads'],
        ['first', 'reads'],
        ['first', 'writes'],
        ['second', 'writes'],
      ],
    ],
  ])('who overlap lose nothing: the %s, who is last, resolves the conflict (%j)', async (last, order) => {
    await go(order);
    const page = pageOf(last);
    // The chat service still has the other admin's role, and the screen still has the last admin's choices.
    expect(roles()[2]).toBe(last === 'first' ? 'auditor' : 'manager');
    const wanted = roleRow(page, VERA).getByRole('radio', { name: WANTED[last][1][1] });
    expect(await wanted.isChecked()).toBe(true);
    expect(await dialog(page).getByRole('button', { name: names.save }).isDisabled()).toBe(true);
    await dialog(page).getByRole('button', { name: 'Оставить мой вариант' }).click();
    await save(page);
    await page.getByText(names.saved).waitFor();
    expect(roles()).toEqual(whatStands(last));
  });

  it('who press "Save" at the same moment both get their changes saved', async () => {
    await steps.reads('first');
    await openRoles(pageOf('second'));
    await toSales(pageOf('second'));
    await giveRole(pageOf('second'), BORIS, names.supervisor);
    await Promise.all([save(pageOf('first')), save(pageOf('second'))]);
    await Promise.all([...pages.values()].map(page => page.getByText(names.saved).waitFor()));
    expect(roles()).toEqual(['manager', 'manager', 'manager']);
  });
});

describe('a draft', () => {
  const offer = (page: Page) => page.getByRole('dialog', { name: 'Продолжить с изменениями?' });
  const isChosen = (page: Page) =>
    roleRow(page, VERA).getByRole('radio', { name: names.supervisor }).isChecked();
  async function resume(page: Page): Promise<void> {
    await openRoles(page);
    await offer(page).getByRole('button', { name: 'Продолжить' }).click();
    await offer(page).waitFor({ state: 'detached' });
    await toSales(page);
    await expect.poll(() => isChosen(page)).toBe(true);
  }
  let page: Page;
  beforeEach(async () => {
    page = await stage.open('office');
    await openRoles(page);
    await toSales(page);
    await giveRole(page, VERA, names.supervisor);
  });

  it('survives a reload, and is deleted once it is saved', async () => {
    await page.reload();
    await resume(page);
    await save(page);
    await page.getByText(names.saved).waitFor();
    expect(roles()[2]).toBe('manager');
    await page.reload();
    await openRoles(page);
    expect(await offer(page).count()).toBe(0);
  });

  it('survives a session that ends while the dialog is open', async () => {
    stage.world.crm.sessions.clear();
    // Longer than any proof of the session is valid.
    stage.world.clock.advance(60 * 60_000);
    await save(page);
    await dialog(page)
      .getByRole('alert')
      .getByText(/Роли не сохранены/)
      .waitFor();
    await page.goto(stage.addressOf('office'));
    await resume(page);
    expect(roles()[2]).toBeUndefined();
  });
});
