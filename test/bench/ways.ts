/** How each of the two widgets is used: the same steps with different names. */
import type { Locator, Page } from 'playwright';
import { NAMES } from '../support/crm-steps.ts';

const names = NAMES.ru;
/** A large account takes long to load, and a plain table takes long to draw. */
const PATIENCE = { timeout: 120_000 };

export type Ways = {
  /** Follows a link of the CRM without a page load. */
  readonly step: (page: Page, path: string) => Promise<void>;
  readonly cardButton: (page: Page) => Locator;
  /** To another contact's card, until its button is there. */
  readonly nextCard: (page: Page) => Promise<void>;
  /** To another contact's card, until its name is there. */
  readonly nextTitle: (page: Page) => Promise<void>;
  /** The texts when the client is the seller's, and when the chat is hidden from the others. */
  readonly mine: RegExp;
  readonly told: RegExp;
  /** From any page, until the dialog can be opened with all people. */
  readonly openPanel: (page: Page) => Promise<void>;
  readonly openDialog: (page: Page) => Promise<void>;
  /** Waits until the last of many people is in the open dialog. */
  readonly everybody: (page: Page) => Promise<void>;
  readonly closeDialog: (page: Page) => Promise<void>;
};

const step: Ways['step'] = async (page, path) => {
  await page.evaluate(to => {
    const link = document.createElement('a');
    link.className = 'js-navigate-link';
    link.href = to;
    document.body.append(link);
    link.click();
    link.remove();
  }, path);
  await page.waitForURL(url => url.pathname === path, { waitUntil: 'commit' });
};

async function nextTitle(page: Page): Promise<void> {
  const before = page.url();
  await page.locator('a.step[href]').last().click();
  await page.waitForURL(url => url.href !== before, { waitUntil: 'commit' });
}

/** The CRM removes the last card's block before it starts the widgets of the next one. */
async function toNext(page: Page, button: Locator): Promise<void> {
  const last = await button.elementHandle();
  await nextTitle(page);
  await last?.waitForElementState('hidden');
  await button.waitFor();
}

async function openModal(page: Page): Promise<void> {
  await step(page, '/settings/widgets');
  await page.getByRole('button', { name: names.widget }).click();
}

const cardButton = (page: Page): Locator => page.getByRole('button', { name: names.claim });

export const OURS: Ways = {
  step,
  cardButton,
  nextCard: page => toNext(page, cardButton(page)),
  nextTitle,
  mine: new RegExp(names.mine),
  told: names.told,
  async openPanel(page) {
    await openModal(page);
    await page.getByRole('button', { name: names.select }).waitFor();
  },
  async openDialog(page) {
    await page.getByRole('button', { name: names.select }).click();
    await page.getByRole('grid').locator('[data-employee]').first().waitFor(PATIENCE);
  },
  everybody: page =>
    page
      .locator('dialog')
      .getByText(names.coming)
      .waitFor({ ...PATIENCE, state: 'hidden' }),
  async closeDialog(page) {
    await page
      .getByRole('dialog', { name: names.dialog })
      .getByRole('button', { name: names.cancel })
      .click();
    await page.getByRole('grid').waitFor({ state: 'detached' });
  },
};

export const PLAIN: Ways = {
  step,
  cardButton,
  nextCard: page => toNext(page, cardButton(page)),
  nextTitle,
  mine: new RegExp(names.mine),
  // The plain widget updates no chat service.
  told: new RegExp(names.mine),
  async openPanel(page) {
    await openModal(page);
    await page.locator('button:text-is("Select"):enabled').waitFor(PATIENCE);
  },
  async openDialog(page) {
    await page.locator('button:text-is("Select")').click();
    await page.locator('dialog[open] tr:first-child').waitFor(PATIENCE);
  },
  // The plain widget shows no one before all are loaded.
  everybody: () => Promise.resolve(),
  async closeDialog(page) {
    await page.locator('dialog > button:text-is("Close")').click();
    await page.locator('dialog[open]').waitFor({ state: 'detached' });
  },
};
