/**
 * The panel in a company where everything is set up: beside a deal, by keyboard, for screen readers and low vision, and in
 * the heights that the CRM allows.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { brokenInFrame } from '../support/broken-rules.ts';
import {
  framedIn,
  inPipedriveOffice,
  modalIn,
  picture,
  wordsOf,
  type PipedriveOffice,
} from '../support/pipedrive-stage.ts';
import { openBrowser } from '../support/sandbox-page.ts';
import { ADMIN, NOBODY, SELLER_A, SELLER_B } from '../world/people.ts';
import { focused, pressOn, type Keyed } from './by-keyboard.ts';

const t = wordsOf('en');

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

const clientOf = ({ company }: PipedriveOffice): number => [...company.persons.keys()][0] ?? 0;
const claimIn = (page: Page, words = t) =>
  framedIn(page).getByRole('button', { name: words('card.button'), exact: true });

describe('a panel beside a deal', () => {
  it('takes the deal’s person with their free deals, and leaves a colleague’s deal alone', async () => {
    await inPipedriveOffice(browser, { ready: true }, async office => {
      const { company, open, addressOf, ownerOf } = office;
      const personId = clientOf(office);
      const doors = company.addDeal({ title: 'Doors', personId, ownerId: NOBODY });
      const windows = company.addDeal({ title: 'Windows', personId, ownerId: SELLER_B });
      const page = await open(`${addressOf('seller-a')}/deal/${doors.id}`);
      const panel = framedIn(page);
      // The panel notices the pointer only after its first face is shown.
      await claimIn(page).waitFor();
      await panel.locator('main').hover();
      const tick = panel.getByRole('checkbox', { name: /Doors|This deal/ });
      await tick.waitFor();
      await picture(page, 'deal-en');
      if (!(await tick.isChecked())) await tick.check();
      await claimIn(page).click();
      await expect.poll(() => ownerOf(personId)).toBe(SELLER_A);
      await expect.poll(() => company.deals.get(doors.id)?.ownerId).toBe(SELLER_A);
      // The CRM's log names the seller, not the app's administrator.
      expect(company.changelog.of('deal', doors.id).at(-1)?.actor.userId).toBe(SELLER_A);
      await panel.getByText(/Doors/).first().waitFor();
      expect(company.deals.get(windows.id)?.ownerId).toBe(SELLER_B);
    });
  });

  it('lets the seller choose among several people, and warns who will no longer see the client', async () => {
    await inPipedriveOffice(browser, { ready: true, company: { plan: 'premium' } }, async office => {
      const { company, open, addressOf, ownerOf, requests } = office;
      // The seller's group is below the group of all other employees.
      company.roles.set(9, { id: 9, parentId: 1, name: 'North' });
      company.changeUser(ADMIN, SELLER_A, { roleId: 9 });
      const main = clientOf(office);
      const boris = company.addPerson({ name: 'Boris Orlov', ownerId: NOBODY });
      const vera = company.addPerson({ name: 'Vera Kotova', ownerId: SELLER_A, visibleTo: 3 });
      const title = 'Doors';
      const participantIds = [boris.id, vera.id];
      const deal = company.addDeal({ title, personId: main, participantIds, ownerId: SELLER_A });
      const page = await open(`${addressOf('seller-a')}/deal/${deal.id}`);
      const panel = framedIn(page);
      const name = company.persons.get(main)?.name ?? '';
      await panel.getByText(name, { exact: true }).waitFor();
      const lists = () => requests.filter(({ url }) => url.includes('deal_id=')).length;
      expect(lists()).toBe(0);
      await panel.getByRole('button', { name: t('frame.people.other') }).click();
      const choice = panel.getByLabel(t('framed.people.label'));
      await picture(page, 'deal-of-three-en');
      await choice.selectOption({ label: `Boris Orlov · ${t('card.free')}` });
      await claimIn(page).click();
      await expect.poll(() => ownerOf(boris.id)).toBe(SELLER_A);
      await panel.getByRole('button', { name: t('claim.undo') }).click();
      await expect.poll(() => ownerOf(boris.id)).toBe(NOBODY);
      // Taking a person who is only a participant does not take the deal.
      expect([ownerOf(main), deal.ownerId]).toEqual([NOBODY, SELLER_A]);
      await choice.selectOption({ label: `Vera Kotova · ${t('card.mine')}` });
      await panel.getByText(t('card.mine'), { exact: true }).waitFor();
      await panel.locator('main').hover();
      await panel.getByText(t('claim.more'), { exact: true }).click();
      await panel.getByRole('button', { name: t('claim.give.button') }).click();
      await panel.getByRole('combobox').last().selectOption({ label: 'Brian Bell' });
      await panel.getByText(t('framed.hides.me')).waitFor();
      await picture(page, 'hidden-from-me-en');
      await panel.getByRole('button', { name: t('claim.give.send'), exact: true }).click();
      await expect.poll(() => ownerOf(vera.id)).toBe(SELLER_B);
      expect(company.personFor(SELLER_A, vera.id)).toBe('hidden');
      expect(lists()).toBeGreaterThan(0);
    });
  });

  it('says that the deal has no person, and offers nothing', async () => {
    await inPipedriveOffice(browser, { ready: true }, async ({ company, open, addressOf }) => {
      const { id } = company.addDeal({ title: 'Doors', ownerId: SELLER_A });
      const page = await open(`${addressOf('seller-a')}/deal/${id}`);
      await framedIn(page).getByText(t('frame.no-person')).waitFor();
      expect(await framedIn(page).getByRole('button').count()).toBe(0);
    });
  });
});

describe('a list of people', () => {
  it('has no part of ours: the app registers none there, and no text of ours mentions one', async () => {
    const hub = readFileSync(join(inject('pagesFolder'), 'hub.json'), 'utf8');
    const views = [...hub.matchAll(/"view": "(?<view>[^"]+)"/g)].map(({ groups }) => groups?.['view']);
    expect(views).toEqual(['Person', 'Deal', 'Custom UI', 'No entry point']);
    await inPipedriveOffice(browser, { ready: true }, async office => {
      const { open, settingsOf, addressOf } = office;
      const admin = await open(settingsOf('office'));
      await framedIn(admin).getByLabel(t('howTaken.standIn.label')).waitFor();
      const seller = await open(`${addressOf('seller-a')}/person/${clientOf(office)}`);
      await framedIn(seller).locator('main').hover();
      await framedIn(seller).getByText(t('claim.sees.title')).waitFor();
      for (const page of [admin, seller]) {
        const shown = await framedIn(page)
          .locator('main > div > div')
          .last()
          .evaluate(({ shadowRoot }) => {
            for (const fold of shadowRoot?.querySelectorAll('details') ?? []) fold.open = true;
            return shadowRoot?.textContent ?? '';
          });
        expect(shown.length).toBeGreaterThan(100);
        expect(shown).not.toMatch(/select(ed)? (clients|people|contacts)|clients at a time|the CRM’s list/i);
      }
    });
  });
});

describe('settings, roles and panel', () => {
  it.each(['light', 'dark'])('break no accessibility rule in the %s theme', async theme => {
    await inPipedriveOffice(browser, { ready: true }, async office => {
      const { open, settingsOf, addressOf } = office;
      const admin = await open(`${settingsOf('office')}?theme=${theme}`);
      const settings = framedIn(admin);
      const select = settings.getByRole('button', { name: t('panel.select'), exact: true });
      await select.waitFor();
      await settings.getByLabel(t('howTaken.standIn.label')).waitFor();
      await picture(admin, `settings-${theme}`);
      expect(await brokenInFrame(admin)).toEqual([]);
      await select.click();
      await modalIn(admin)
        .getByRole('dialog', { name: t('roles.title') })
        .getByRole('row')
        .nth(2)
        .waitFor();
      await picture(admin, `roles-${theme}`);
      // The window has the same theme as the page around it.
      expect(await modalIn(admin).locator('html').getAttribute('data-theme')).toBe(theme);
      expect(await brokenInFrame(admin)).toEqual([]);

      const seller = await open(`${addressOf('seller-a')}/person/${clientOf(office)}?theme=${theme}`);
      await claimIn(seller).click();
      await framedIn(seller).getByText(t('claim.followUp.told')).waitFor();
      await framedIn(seller).getByText(t('claim.more'), { exact: true }).waitFor();
      await picture(seller, `claimed-${theme}`);
      expect(await brokenInFrame(seller)).toEqual([]);
      const other = await open(`${addressOf('seller-b')}/person/${clientOf(office)}?theme=${theme}`);
      await framedIn(other)
        .getByText(/Adam Archer/)
        .first()
        .waitFor();
      await picture(other, `colleagues-first-${theme}`);
      await framedIn(other).locator('main').hover();
      await framedIn(other).getByText(t('claim.sees.title')).waitFor();
      await picture(other, `colleagues-${theme}`);
      expect(await brokenInFrame(other)).toEqual([]);
    });
  });
});

it('a client can be taken and given back by keyboard alone, and the focus is always visible', async () => {
  await inPipedriveOffice(browser, { ready: true }, async office => {
    const { open, addressOf, ownerOf } = office;
    const id = clientOf(office);
    const page = await open(`${addressOf('seller-a')}/person/${id}`);
    await claimIn(page).waitFor();
    const frame = page.frames().find(one => one !== page.mainFrame());
    if (!frame) throw new Error('There is no frame');
    const keyed: Keyed = { keyboard: page.keyboard, evaluate: frame.evaluate.bind(frame) };
    expect(await pressOn(keyed, t('card.button'))).toEqual([]);
    await framedIn(page).getByText(t('claim.followUp.told')).waitFor();
    expect(ownerOf(id)).toBe(SELLER_A);
    expect(await pressOn(keyed, t('claim.undo'))).toEqual([]);
    await expect.poll(() => ownerOf(id)).toBe(NOBODY);
    await claimIn(page).waitFor();
    // An element that disappears passes the focus on.
    await expect.poll(async () => (await focused(keyed)).name).not.toBe('');
  });
});

describe('a panel in the height that the CRM gives', () => {
  it.each(['ru', 'en'] as const)(
    'shows everything by scrolling at 100, 300 and 750 pixels, in %s',
    async language => {
      const words = wordsOf(language);
      await inPipedriveOffice(browser, { language, ready: true }, async office => {
        const { company, open, addressOf } = office;
        const personId = clientOf(office);
        for (const title of ['Doors', 'Windows']) company.addDeal({ title, personId, ownerId: NOBODY });
        const page = await open(`${addressOf('seller-a')}/person/${personId}`, { height: 1000 });
        await claimIn(page, words).click();
        const panel = framedIn(page);
        await panel.getByText(words('claim.sees.title')).click();
        await panel.getByText(words('claim.more'), { exact: true }).click();
        const last = panel.getByRole('button', { name: words('claim.give.button'), exact: true });
        for (const height of [100, 300, 750]) {
          await page.locator('iframe').evaluate((frame, most) => {
            Reflect.get(frame, 'style').maxHeight = `${most}px`;
          }, height);
          for (const one of [panel.getByRole('button', { name: words('claim.chat.open') }), last]) {
            await one.scrollIntoViewIfNeeded();
            await one.click({ trial: true });
          }
          // Nothing overflows at the side.
          expect(await panel.locator('html').evaluate(root => root.scrollWidth - root.clientWidth)).toBe(0);
          await picture(page, `high-${language}-${height}`);
        }
      });
    },
  );

  it('opens with the height that it needs, and is never lower in between', async () => {
    await inPipedriveOffice(browser, {}, async ({ open, addressOf, allow, company }) => {
      await allow(ADMIN);
      const { id } = company.addPerson({ name: 'Anna', ownerId: SELLER_B });
      const page = await open('about:blank');
      await page.addInitScript(() => {
        const heights: string[] = [];
        Reflect.set(window, 'heights', heights);
        const look = (): void => {
          const height = document.querySelector('iframe')?.style.height ?? '';
          if (height !== '' && heights.at(-1) !== height) heights.push(height);
        };
        new MutationObserver(look).observe(document, { subtree: true, childList: true, attributes: true });
      });
      await page.goto(`${addressOf('seller-a')}/person/${id}`);
      // The highest of the first faces.
      await framedIn(page)
        .getByRole('link', { name: t('frame.allow') })
        .waitFor();
      const heights = (): Promise<readonly string[]> => page.evaluate(() => Reflect.get(window, 'heights'));
      const needed = await framedIn(page)
        .locator('main')
        .evaluate(main => Math.ceil(main.getBoundingClientRect().height));
      expect(needed).toBeGreaterThan(100);
      await expect.poll(async () => (await heights()).at(-1)).toBe(`${needed}px`);
      expect(await heights()).toEqual(['360px', `${needed}px`]);
    });
  });
});
