/** The strip above the emulated CRM: what it lets happen, happens in the world. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Browser, Page } from 'playwright';
import { ADMIN, NOBODY, SELLER_B } from '../../world/people.ts';
import { onStage, openBrowser } from './crm-page.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

describe('the stage bar', () => {
  const openPanel = (page: Page): Promise<void> =>
    page.getByRole('button', { name: 'Stage', exact: true }).click();

  it('lets a client write, and the list of contacts shows him', async () => {
    await onStage(browser, {}, async ({ sandbox, open }) => {
      const page = await open('office');
      await openPanel(page);
      await page.getByRole('button', { name: 'A client writes' }).click();
      await page.getByRole('row', { name: /Anna Smith/ }).waitFor();
      expect(sandbox.world.chat.threads).toHaveLength(1);
    });
  });

  it('arranges an accident and calls it off', async () => {
    await onStage(browser, {}, async ({ sandbox, open }) => {
      const page = await open('office');
      await openPanel(page);
      await page.getByRole('button', { name: 'The CRM refuses a claim (244)' }).click();
      await page
        .getByRole('region', { name: 'Waiting to happen' })
        .getByText('The CRM refuses a claim (244)')
        .waitFor();
      expect(sandbox.world.disturbances.waiting()).toMatchObject([{ happens: 'no-rights-244' }]);
      await page.getByRole('button', { name: 'Call all off' }).click();
      await page.getByText('Nothing is waiting').waitFor();
      expect(sandbox.world.disturbances.waiting()).toEqual([]);
    });
  });

  it('gives the client on screen two deals, and hands him over as an admin', async () => {
    await onStage(browser, {}, async ({ sandbox, open }) => {
      const { crm, clientWrites } = sandbox.world;
      const client = clientWrites();
      clientWrites();
      const page = await open('seller-a', `contacts/detail/${client.id}`);
      await openPanel(page);
      await page.getByRole('button', { name: 'Give the client two leads' }).click();
      await page.getByRole('button', { name: 'The admin gives the client to seller B' }).click();
      await page.getByText('Unassigned clients → Brian Bell').waitFor();
      const deals = [...crm.leads.values()].map(lead => [lead.contactIds, lead.responsibleUserId]);
      expect(deals).toEqual([
        [[client.id], NOBODY],
        [[client.id], SELLER_B],
      ]);
      expect(crm.ownerChanges).toMatchObject([{ createdBy: ADMIN, after: SELLER_B }]);
    });
  });

  it('makes events lag', async () => {
    await onStage(browser, {}, async ({ sandbox, open }) => {
      const page = await open('office');
      await openPanel(page);
      await page
        .getByRole('radiogroup', { name: 'Events lag, s' })
        .getByRole('radio', { name: '15' })
        .check();
      await expect.poll(() => sandbox.world.oddities.eventLagMs).toBe(15_000);
    });
  });

  it('starts the account over in another language', async () => {
    await onStage(browser, {}, async ({ sandbox, open }) => {
      sandbox.world.clientWrites();
      const page = await open('office');
      await openPanel(page);
      await page.getByRole('radio', { name: 'ru' }).click();
      await page.getByRole('heading', { name: 'Контакты' }).waitFor();
      expect(sandbox.world.crm.contacts.size).toBe(0);
    });
  });

  it('changes the key that the gateway has', async () => {
    await onStage(browser, {}, async ({ sandbox, open }) => {
      const page = await open('office');
      await openPanel(page);
      await page.getByRole('radio', { name: 'Channels and messages only' }).check();
      await expect.poll(() => sandbox.keyKind).toBe('sidecar');
    });
  });
});
