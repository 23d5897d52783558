/** An admin's actions in each of the two dialogs. Places are looked up beforehand: finding them costs the page more than a click. */
import type { Locator, Page } from 'playwright';
import { NAMES } from '../support/crm-steps.ts';

const names = NAMES.ru;

export type DialogWays = {
  readonly select: (page: Page) => Locator;
  readonly close: (page: Page) => Locator;
  /** The container of the rows, as the page's own scripts find it. */
  readonly rows: string;
  readonly scroller: string;
  readonly search: (page: Page) => Locator;
  /** Opens the list of orders and returns it; `null` where so few people need none. */
  readonly order: (page: Page) => Promise<Locator | null>;
  readonly orders: readonly string[];
  /** Shows the roles of one person where a row only counts them. */
  readonly unfold?: (page: Page) => Promise<void>;
  /** Two roles of the first row, so that choosing them in turn is always an edit. */
  readonly roles: (page: Page) => readonly [Locator, Locator];
  /** The controls that set all roles, in order. */
  readonly setAll: (page: Page) => readonly Locator[];
  readonly undoAll: (page: Page) => Locator;
  readonly review?: (page: Page) => {
    readonly open: Locator;
    readonly save: Locator;
  };
  /** The text that is shown when a save finds that another admin has changed the same role. */
  readonly contested?: string;
};

const dialog = (page: Page): Locator => page.getByRole('dialog', { name: names.dialog });
const button = (within: Page | Locator, name: string): Locator =>
  within.getByRole('button', { name, exact: true });

export const OUR_DIALOG: DialogWays = {
  select: page => button(page, names.select),
  close: page => button(dialog(page), names.cancel),
  rows: '[data-employee]',
  scroller: '.dialog-body',
  search: page => dialog(page).getByRole('searchbox'),
  async order(page) {
    const filters = button(dialog(page), 'Фильтры и сортировка');
    if ((await filters.count()) === 0) return null;
    await filters.click();
    return dialog(page).getByRole('combobox', { name: /^Сортировка/ });
  },
  orders: ['name', 'group', 'role', 'usual'],
  async unfold(page) {
    const counts = page.locator('.counts-of[aria-expanded=false]').first();
    if ((await counts.count()) > 0) await counts.click();
  },
  roles: page => {
    const marks = page.locator('.row:has(.mark)').first().locator('.mark');
    return [marks.nth(2), marks.nth(1)];
  },
  setAll: page => [
    dialog(page).getByRole('checkbox', { name: 'Отметить всех в списке' }),
    button(page.getByRole('group', { name: 'Что сделать с отмеченными' }), names.supervisor),
  ],
  undoAll: page => button(page.locator('.steps'), 'Сбросить'),
  review: page => ({
    open: button(dialog(page), names.review),
    save: button(page.getByRole('dialog', { name: names.review }), names.save),
  }),
  contested: '.conflicts',
};

/** With plain selectors: a search by role is too slow with ten thousand rows. */
const plainButton = (page: Page, name: string): Locator => page.locator(`dialog > button:text-is("${name}")`);

export const PLAIN_DIALOG: DialogWays = {
  select: page => page.locator('button:text-is("Select")'),
  close: page => plainButton(page, 'Close'),
  rows: 'dialog[open] tr',
  scroller: 'dialog[open]',
  search: page => page.locator('dialog > input[type=search]'),
  order: async page => page.locator('dialog > select[aria-label=Order]'),
  orders: ['role', 'name'],
  roles: page => {
    const labels = page.locator('dialog tr:first-child label');
    return [labels.nth(2), labels.nth(1)];
  },
  setAll: page => [plainButton(page, 'All found: Supervisor')],
  undoAll: page => plainButton(page, 'Undo all'),
};
