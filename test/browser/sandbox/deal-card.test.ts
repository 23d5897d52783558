/** A deal's card in the emulated CRM: the names of its place, its widgets, its contacts, and its own Save. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Browser, Page } from 'playwright';
import { NOBODY, SELLER_A, SELLER_B } from '../../world/people.ts';
import { onStage, openBrowser } from '../../support/sandbox-page.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

const onDealCards = { locations: ['settings', 'lcard-1'] };
const started = ['constructor undefined', 'render', 'init', 'bind_actions'];
const mainUser = (page: Page): Promise<unknown> =>
  page.evaluate(() => window.APP.data.current_card && window.APP.data.current_card.main_user);

describe("a deal's card", () => {
  it('has the CRM’s names for its place, and the deal’s own responsible user', async () => {
    await onStage(browser, { behaviour: onDealCards }, async ({ sandbox, open, calls }) => {
      const { crm } = sandbox.world;
      const contact = crm.addContact('Anna Smith', ['+7 916 000-00-01'], NOBODY);
      const lead = crm.addLead('Doors', [contact.id], SELLER_B);
      const page = await open('seller-a', `leads/detail/${lead.id}`);
      await expect.poll(() => calls(page)).toEqual(started);
      const place = await page.evaluate(() => {
        const { APP } = window;
        const card = APP.data.current_card;
        return {
          area: APP.widgets.system['area'],
          names: [APP.getWidgetsArea(), APP.getV3WidgetsArea(), APP.getBaseEntity(), APP.data.current_entity],
          isCard: APP.isCard(),
          card: card && [card.id, card.main_user, card.element_type, card.new_card],
        };
      });
      expect(place).toEqual({
        area: 'lcard',
        names: ['leads_card', 'leads.card', 'leads', 'leads'],
        isCard: true,
        card: [lead.id, String(SELLER_B), 2, false],
      });
      await page.locator('.probe-caption').click();
      await page.getByText('shown', { exact: true }).waitFor();
    });
  });

  it('loads no widget whose manifest only names contacts', async () => {
    await onStage(browser, {}, async ({ sandbox, open, calls }) => {
      const lead = sandbox.world.crm.addLead('Doors', [], SELLER_A);
      const page = await open('seller-a', `leads/detail/${lead.id}`);
      await expect.poll(() => page.evaluate(() => window.APP.widgets.system['area'])).toBe('lcard');
      expect(await calls(page)).toBeUndefined();
    });
  });

  it('links to its contacts and back, and creates the widget again each time', async () => {
    const behaviour = { locations: ['settings', 'ccard-1', 'lcard-1'] };
    await onStage(browser, { behaviour }, async ({ sandbox, open, calls }) => {
      const { crm } = sandbox.world;
      const main = crm.addContact('Anna Smith', [], NOBODY);
      const other = crm.addContact('Boris Brown', [], NOBODY);
      crm.addLead('Doors', [main.id, other.id], SELLER_A);
      const page = await open('seller-a', 'leads');
      await page.getByRole('link', { name: 'Doors' }).click();
      await expect.poll(() => calls(page)).toEqual(started);
      const contacts = page.getByRole('region', { name: 'Contacts' }).getByRole('listitem');
      expect(await contacts.count()).toBe(2);
      expect(await contacts.first().textContent()).toContain('Main contact');
      await contacts.getByRole('link', { name: 'Boris Brown' }).click();
      await expect.poll(() => calls(page)).toEqual([...started, 'destroy', ...started]);
      await page.getByRole('region', { name: 'Leads' }).getByRole('link', { name: 'Doors' }).click();
      await page.getByRole('heading', { name: 'Doors', level: 1 }).waitFor();
      expect(await mainUser(page)).toBe(String(SELLER_A));
    });
  });

  it('saves its stage, which closes the deal', async () => {
    await onStage(browser, { behaviour: onDealCards }, async ({ sandbox, open }) => {
      const lead = sandbox.world.crm.addLead('Doors', [], SELLER_A);
      const page = await open('seller-a', `leads/detail/${lead.id}`);
      await page.getByLabel('Stage of the lead').selectOption('Won');
      await page.getByRole('button', { name: 'Save' }).click();
      await page.getByRole('log').getByText('Saved').waitFor();
      expect(lead).toMatchObject({ statusId: 142, closedAt: expect.any(Number) });
      expect(sandbox.world.crm.ownerChanges).toEqual([]);
    });
  });

  it('says that a deal does not exist', async () => {
    await onStage(browser, { behaviour: onDealCards }, async ({ open }) => {
      const page = await open('seller-a', 'leads/detail/1');
      await page.getByRole('heading', { name: 'No such lead' }).waitFor();
      await page.getByRole('link', { name: 'Back to leads' }).click();
      await page.getByText('No leads yet').waitFor();
      expect(new URL(page.url()).pathname).toBe('/leads');
    });
  });
});

describe('the feed', () => {
  it('shows changes of the responsible user, notes and tasks while the card is open', async () => {
    await onStage(browser, { behaviour: onDealCards }, async ({ sandbox, open }) => {
      const { crm, changed } = sandbox.world;
      const lead = crm.addLead('Doors', [], SELLER_A);
      const page = await open('seller-a', `leads/detail/${lead.id}`);
      const feed = page.getByRole('region', { name: 'Feed' });
      const about = { entityType: 'leads', entityId: lead.id } as const;
      await feed.getByText('Events, notes and tasks are shown here').waitFor();
      crm.addNote(SELLER_B, about, 'Called, no answer');
      const task = crm.writeTask(SELLER_B, {
        ...about,
        text: 'Call again',
        completeTill: 1_793_610_000,
        responsibleUserId: SELLER_A,
      });
      crm.assignLead(SELLER_B, lead.id, SELLER_B);
      changed();
      await feed.getByText('Called, no answer').waitFor();
      await feed.getByText('Task: Call again').waitFor();
      await feed.getByText('Adam Archer → Brian Bell').waitFor();
      crm.changeTask(SELLER_A, task.id, { isCompleted: true, result: 'Agreed' });
      changed();
      await feed.getByText('Done: Agreed').waitFor();
      expect(await mainUser(page)).toBe(String(SELLER_A));
    });
  });
});

describe('Save on a card that was left open', () => {
  it.each([
    ['contact', 'contacts'],
    ['lead', 'leads'],
  ] as const)(
    'restores the old responsible user of a %s, and creates an event',
    async (entityType, place) => {
      await onStage(browser, {}, async ({ sandbox, open }) => {
        const { crm, changed } = sandbox.world;
        const record =
          place === 'contacts' ? crm.addContact('Anna', [], SELLER_A) : crm.addLead('Doors', [], SELLER_A);
        const page = await open('seller-a', `${place}/detail/${record.id}`);
        await page.getByRole('textbox').first().fill('Renamed');
        if (place === 'contacts') crm.assignContact(SELLER_B, record.id, SELLER_B);
        else crm.assignLead(SELLER_B, record.id, SELLER_B);
        changed();
        await page.getByText('Adam Archer → Brian Bell').waitFor();
        await page.getByRole('button', { name: 'Save' }).click();
        await page.getByText('Brian Bell → Adam Archer').waitFor();
        expect(record).toMatchObject({ name: 'Renamed', responsibleUserId: SELLER_A });
        expect(crm.ownerChanges.at(-1)).toMatchObject({
          entityType,
          entityId: record.id,
          createdBy: SELLER_A,
          before: SELLER_B,
          after: SELLER_A,
        });
      });
    },
  );
});
