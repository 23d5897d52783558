/**
 * The main story of the product, in Pipedrive: a new company sets up its roles, and a client changes owners three times.
 * Everything is done by presses of the people themselves, each in their own frame.
 */
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PageLanguage, PipedriveOffice } from '../support/pipedrive-stage.ts';
import { framedIn, inPipedriveOffice, modalIn, picture, wordsOf } from '../support/pipedrive-stage.ts';
import { giveRole } from '../support/crm-steps.ts';
import { openBrowser } from '../support/sandbox-page.ts';
import { seenWhole } from '../support/seen-whole.ts';
import { HEAD_OF_SALES, NOBODY, SELLER_A, SELLER_B } from '../world/people.ts';
import type { Words } from '../../widget/words/words.tsx';

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

/** The administrator gives access on the CRM's consent page and comes back to the app's settings. */
async function allowed({ open, settingsOf }: PipedriveOffice, t: Words): Promise<Page> {
  const first = await open(settingsOf('office'));
  const [page] = await Promise.all([
    first.context().waitForEvent('page'),
    framedIn(first)
      .getByRole('link', { name: t('frame.allow') })
      .click(),
  ]);
  await page.getByRole('button', { name: 'Allow and install' }).click();
  await page.waitForURL(settingsOf('office'));
  await first.close();
  return page;
}

async function connected({ world }: PipedriveOffice, admin: Page, t: Words): Promise<void> {
  const [key = ''] = [...world.chat.keys].find(([, kind]) => kind === 'partner') ?? [];
  const settings = framedIn(admin);
  await settings.getByText(t('panel.connect.another')).click();
  await settings.getByLabel(t('panel.connect.key')).fill(key);
  await settings.getByRole('button', { name: t('panel.connect.look') }).click();
  await settings.getByRole('button', { name: t('panel.connect.accept') }).click();
  await settings.getByText(t('connect.mode.roles')).waitFor();
}

async function fiveRolesGiven(
  { company }: PipedriveOffice,
  admin: Page,
  language: PageLanguage,
): Promise<void> {
  const t = wordsOf(language);
  const settings = framedIn(admin);
  const nameOf = (id: number): string => company.users.get(id)?.name ?? '';
  await settings.getByRole('button', { name: t('panel.select'), exact: true }).click();
  const dialog = modalIn(admin).getByRole('dialog', { name: t('roles.title') });
  await dialog.getByRole('row').nth(1).waitFor();
  await picture(admin, `roles-${language}`);
  expect(await seenWhole(dialog)).toBeGreaterThanOrEqual(10);
  // The frame ends inside the browser's window.
  const { y = 0, height = Infinity } = (await admin.locator('.app-modal iframe').boundingBox()) ?? {};
  expect(y + height).toBeLessThanOrEqual(768);
  for (const id of [SELLER_A, SELLER_B, NOBODY + 1, NOBODY + 3])
    await giveRole(dialog, nameOf(id), t('role.seller'));
  await giveRole(dialog, nameOf(HEAD_OF_SALES), t('role.supervisor'));
  await dialog.getByRole('button', { name: t('roles.save'), exact: true }).click();
  await settings.getByText(t('panel.saved')).waitFor();
}

describe.each(['ru', 'en', 'es'] as const)('a new company, in %s', language => {
  it('sets its roles, and seller A takes a client, undoes it, takes them again and hands them to seller B', async () => {
    const t = wordsOf(language);
    await inPipedriveOffice(browser, { language, size: 14 }, async office => {
      const { world, company, addressOf, allow, follow, open, ownerOf, seen } = office;
      await follow();
      const admin = await allowed(office, t);
      await connected(office, admin, t);
      await framedIn(admin)
        .getByLabel(t('howTaken.standIn.label'))
        .selectOption({ value: String(NOBODY) });
      await framedIn(admin).getByText(t('own.saved')).waitFor();
      await fiveRolesGiven(office, admin, language);
      await picture(admin, `settings-${language}`);
      expect(world.chat.settings.userRoles.map(({ role }) => role).toSorted()).toEqual(
        ['manager', 'seller', 'seller', 'seller', 'seller'].flatMap(role =>
          world.chat.channels.map(() => role),
        ),
      );

      const { id } = world.clientWritesTo(company);
      expect(seen()).toEqual([1, 1]);
      for (const seller of [SELLER_A, SELLER_B]) await allow(seller);
      const a = await open(`${addressOf('seller-a')}/person/${id}`);
      const panel = framedIn(a);
      const claim = panel.getByRole('button', { name: t('card.button'), exact: true });
      await claim.waitFor();
      await picture(a, `free-${language}`);
      await claim.click();
      await panel.getByText(t('claim.followUp.told')).waitFor();
      await picture(a, `claimed-${language}`);
      expect([ownerOf(id), seen()]).toEqual([SELLER_A, [1, 0]]);

      await panel.getByRole('button', { name: t('claim.undo') }).click();
      await expect.poll(() => ownerOf(id)).toBe(NOBODY);
      await expect.poll(seen).toEqual([1, 1]);

      await claim.click();
      await expect.poll(() => ownerOf(id)).toBe(SELLER_A);
      await expect.poll(seen).toEqual([1, 0]);
      await panel.getByText(t('claim.more'), { exact: true }).click();
      await panel.getByRole('button', { name: t('claim.give.button'), exact: true }).click();
      await panel
        .getByRole('combobox', { name: t('claim.give.to') })
        .selectOption({ value: String(SELLER_B) });
      await picture(a, `giving-${language}`);
      await panel.getByRole('button', { name: t('claim.give.send'), exact: true }).click();
      await panel.getByText(t('claim.give.given'), { exact: true }).waitFor();
      await expect.poll(seen).toEqual([0, 1]);
      expect(ownerOf(id)).toBe(SELLER_B);

      const b = await open(`${addressOf('seller-b')}/person/${id}`);
      await framedIn(b).getByText(t('card.mine')).first().waitFor();
    });
  });
});
