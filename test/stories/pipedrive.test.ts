/** The whole product in Pipedrive: two sellers and an admin, our pages in the CRM's frames, and the real server. */
import type { Browser, FrameLocator, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { pageFilesIn } from '../../server/node/page-files.ts';
import {
  startPipedriveSandbox,
  type PipedriveSandbox,
  type PipedriveSandboxOptions,
} from '../sandbox/pipedrive/sandbox.ts';
import { giveRole, NAMES } from '../support/crm-steps.ts';
import { openBrowser } from '../support/sandbox-page.ts';
import { stageDatabase } from '../support/stage-database.ts';
import { ADMIN, HEAD_OF_SALES, NOBODY, SELLER_A, SELLER_B } from '../world/people.ts';
import type { World } from '../world/world.ts';

const names = NAMES.en;

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

type Office = PipedriveSandbox & {
  readonly open: (address: string) => Promise<Page>;
  readonly clientId: number;
  readonly owner: () => number | undefined;
  /** How many chats each seller sees in the chat service's window. */
  readonly seen: () => readonly number[];
};

async function inOffice(
  ready: boolean,
  act: (office: Office) => Promise<void>,
  options: Pick<PipedriveSandboxOptions, 'modals'> = {},
): Promise<void> {
  const sandbox = await startPipedriveSandbox({
    files: pageFilesIn(inject('pagesFolder')),
    database: await stageDatabase(),
    ready,
    ...options,
  });
  const { world, company } = sandbox;
  const pages: Page[] = [];
  const [{ id: clientId } = { id: 0 }] = company.persons.values();
  try {
    if (ready) await sandbox.follow();
    await act({
      ...sandbox,
      clientId,
      owner: () => company.persons.get(clientId)?.ownerId,
      seen: () => [SELLER_A, SELLER_B].map(id => world.chat.threadsOf(String(id)).length),
      async open(address) {
        const context = await browser.newContext({ viewport: { width: 1366, height: 768 } });
        const page = await context.newPage();
        pages.push(page);
        await page.goto(address);
        return page;
      },
    });
    expect(world.unhandledRequests).toEqual([]);
  } finally {
    await Promise.all(pages.map(page => page.context().close()));
    await sandbox.close();
  }
}

const ours = (page: Page): FrameLocator => page.frameLocator('iframe:not(.app-modal *)');
const modal = (page: Page): FrameLocator => page.frameLocator('.app-modal iframe');
const heldBy = ({ chat }: World, id: number): readonly string[] =>
  chat.settings.userRoles.filter(({ userId }) => userId === String(id)).map(({ role }) => role);
const isFocused = (element: Element): boolean => {
  const root = element.getRootNode();
  return root instanceof ShadowRoot && root.activeElement === element;
};

describe('a client who has written for the first time', () => {
  it('is taken by one press, which other sellers notice in their chats and open panels, and which can be undone', async () => {
    await inOffice(true, async ({ addressOf, open, clientId, owner, seen, company, requests }) => {
      /** The requests that the person's page has sent to the CRM through the server. */
      const passed = (who: number): readonly string[] =>
        requests
          .filter(({ person, url }) => person === who && url.includes('/pipedrive/api/crm/'))
          .map(({ method, url }) => `${method} ${new URL(url).pathname.replace('/pipedrive/api/crm/', '')}`);
      const reads = (who: number): number =>
        passed(who).filter(one => one === `GET v2/persons/${clientId}`).length;
      expect(seen()).toEqual([1, 1]);
      const [page, other] = await Promise.all(
        (['seller-a', 'seller-b'] as const).map(one => open(`${addressOf(one)}/person/${clientId}`)),
      );
      if (!page || !other) throw new Error('Two pages were opened');
      const claim = ours(other).getByRole('button', { name: names.claim });
      await claim.waitFor();
      await ours(page).getByRole('button', { name: names.claim }).click();
      await ours(page).getByText(names.told).waitFor();
      expect([owner(), seen()]).toEqual([SELLER_A, [1, 0]]);
      // The CRM's log names the seller, because the write uses their own grant.
      expect(company.changelog.of('person', clientId).at(-1)?.actor.userId).toBe(SELLER_A);

      const own = reads(SELLER_A);
      await ours(other)
        .getByText(/Adam Archer/)
        .first()
        .waitFor({ timeout: 10_000 });
      // The other seller has pressed nothing.
      expect([await claim.count(), passed(SELLER_B)]).toEqual([0, [`GET v2/persons/${clientId}`]]);
      expect(reads(SELLER_A)).toBe(own);

      await ours(page).getByRole('button', { name: 'Undo' }).click();
      await expect.poll(owner).toBe(NOBODY);
      await expect.poll(seen).toEqual([1, 1]);
    });
  });

  it('goes to one of two sellers who press at once, and the other sees the new owner', async () => {
    await inOffice(true, async ({ addressOf, open, clientId, owner }) => {
      const pages = await Promise.all(
        (['seller-a', 'seller-b'] as const).map(one => open(`${addressOf(one)}/person/${clientId}`)),
      );
      const buttons = pages.map(page => ours(page).getByRole('button', { name: names.claim }));
      await Promise.all(buttons.map(one => one.waitFor()));
      await Promise.all(buttons.map(one => one.click()));
      await expect.poll(owner).not.toBe(NOBODY);
      const [winner, loser] = owner() === SELLER_A ? pages : pages.toReversed();
      if (!winner || !loser) throw new Error('Two pages were opened');
      await ours(winner).getByText(names.mine).waitFor();
      await ours(loser)
        .getByText(owner() === SELLER_A ? /Adam Archer/ : /Brian Bell/)
        .first()
        .waitFor();
    });
  });

  it('keeps their owner if the seller lacks the right to take them, and the panel says so', async () => {
    await inOffice(true, async ({ addressOf, open, clientId, owner, company }) => {
      const me = company.users.get(SELLER_A);
      if (me) me.rights.changeOwner = false;
      const page = await open(`${addressOf('seller-a')}/person/${clientId}`);
      await ours(page).getByRole('button', { name: names.claim }).click();
      await ours(page)
        .getByText(/permission/i)
        .first()
        .waitFor();
      expect(owner()).toBe(NOBODY);
    });
  });
});

describe('an admin', () => {
  it('gives a role in a window above the settings, and loses no edits when the window is closed', async () => {
    await inOffice(true, async ({ settingsOf, open, world }) => {
      const page = await open(settingsOf('office'));
      const select = ours(page).getByRole('button', { name: names.select, exact: true });
      const dialog = modal(page).getByRole('dialog', { name: names.dialog });
      const heard = (): Promise<readonly string[]> => page.evaluate(() => window.uiHost.calls);
      const before = heldBy(world, HEAD_OF_SALES);
      await select.press('Enter');
      await giveRole(dialog, 'Vera Wood', 'Quality control');
      // The CRM's own X closes the window without asking.
      await page.getByRole('dialog', { name: names.dialog }).getByRole('button', { name: 'Close' }).click();
      await ours(page)
        .getByText(/unsaved/i)
        .waitFor();
      expect(heldBy(world, HEAD_OF_SALES)).toEqual(before);
      expect(await heard()).not.toContain('modal: close_modal');

      await ours(page).getByRole('button', { name: 'Continue' }).click();
      await dialog.getByRole('button', { name: names.save, exact: true }).click();
      await ours(page)
        .getByText(/Roles saved/)
        .waitFor();
      expect(await heard()).toContain('modal: close_modal');
      expect(heldBy(world, HEAD_OF_SALES)).toEqual(before.map(() => 'auditor'));
      await ours(page)
        .getByText(/Quality control: 1/)
        .waitFor();

      // The keyboard focus moves into the window, and returns to the button that opened it.
      await select.press('Enter');
      await dialog.getByRole('row').nth(1).waitFor();
      await page.keyboard.press('Escape');
      await expect.poll(() => select.evaluate(isFocused)).toBe(true);
      expect(await page.evaluate(() => document.activeElement?.className)).toContain('app-settings');
    });
  });

  it('gives a role in the page if the company’s version of the app has no such window', async () => {
    await inOffice(
      true,
      async ({ settingsOf, open, world }) => {
        const page = await open(settingsOf('office'));
        await ours(page).getByRole('button', { name: names.select, exact: true }).click();
        const dialog = ours(page).getByRole('dialog', { name: names.dialog });
        await giveRole(dialog, 'Vera Wood', 'Quality control');
        await dialog.getByRole('button', { name: names.save, exact: true }).click();
        await ours(page)
          .getByText(/Roles saved/)
          .waitFor();
        expect(heldBy(world, HEAD_OF_SALES)).toContain('auditor');
      },
      { modals: 'missing' },
    );
  });

  it('is the only person who may change the settings', async () => {
    await inOffice(true, async ({ settingsOf, open }) => {
      const page = await open(settingsOf('seller-a'));
      await ours(page)
        .getByText(/Only CRM admins can change these settings/)
        .waitFor();
      expect(await ours(page).getByRole('button', { name: names.select }).count()).toBe(0);
    });
  });
});

describe('a person who has not given the app access yet', () => {
  it('is led to the consent page, and sees the panel when they come back', async () => {
    await inOffice(false, async ({ addressOf, settingsOf, open, company, allow }) => {
      await allow(ADMIN);
      const { id } = company.addPerson({ name: 'Anna', ownerId: SELLER_B });
      const page = await open(`${addressOf('seller-a')}/person/${id}`);
      const [consent] = await Promise.all([
        page.context().waitForEvent('page'),
        ours(page).getByRole('link', { name: 'Allow access' }).click(),
      ]);
      await consent.getByRole('button', { name: 'Allow and install' }).click();
      await consent.waitForURL(settingsOf('seller-a'));
      await consent.close();
      await ours(page).getByRole('button', { name: 'I’ve allowed access' }).click();
      await ours(page).getByText('Responsible: Brian Bell').waitFor();
      expect(company.persons.get(id)?.ownerId).toBe(SELLER_B);
    });
  });
});
