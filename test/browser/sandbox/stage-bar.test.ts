/** The bar above the emulated CRM: each of its controls takes effect in the world. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Browser, Page } from 'playwright';
import { ADMIN, NOBODY, SELLER_B } from '../../world/people.ts';
import type { World } from '../../world/world.ts';
import { onStage, openBrowser } from '../../support/sandbox-page.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

describe('the stage bar', () => {
  const openPanel = (page: Page): Promise<void> =>
    page.getByRole('button', { name: 'Stage', exact: true }).click();

  it('lets a client write, who appears in the list of contacts', async () => {
    await onStage(browser, {}, async ({ sandbox, open }) => {
      const page = await open('office');
      await openPanel(page);
      await page.getByRole('button', { name: 'A client writes' }).click();
      await page.getByRole('row', { name: /Anna Smith/ }).waitFor();
      expect(sandbox.world.chat.threads).toHaveLength(1);
    });
  });

  it('removes the paid filters from the account, and restores them', async () => {
    await onStage(browser, {}, async ({ sandbox, open }) => {
      const page = await open('office');
      await openPanel(page);
      const filters = page.getByRole('switch', { name: /Paid filters/ });
      await filters.uncheck();
      await expect.poll(() => sandbox.world.crm.account.filtersLists).toBe(false);
      await filters.check();
      await expect.poll(() => sandbox.world.crm.account.filtersLists).toBe(true);
    });
  });

  it('prepares an accident and cancels it', async () => {
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

  it('gives the open client two deals, and hands the client over as an admin', async () => {
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

  it('delays events', async () => {
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

  it('starts the account again in another language', async () => {
    await onStage(browser, {}, async ({ sandbox, open }) => {
      sandbox.world.clientWrites();
      const page = await open('office');
      await openPanel(page);
      await page.getByRole('radio', { name: 'ru' }).click();
      await page.getByRole('heading', { name: 'Контакты' }).waitFor();
      expect(sandbox.world.crm.contacts.size).toBe(0);
    });
  });

  it('changes the gateway’s key', async () => {
    await onStage(browser, {}, async ({ sandbox, open }) => {
      const page = await open('office');
      await openPanel(page);
      await page.getByRole('radio', { name: 'Channels and messages only' }).check();
      await expect.poll(() => sandbox.keyKind).toBe('sidecar');
    });
  });

  describe('in its part about servers', () => {
    const destination = 'http://127.0.0.1:9/hooks';
    const subscribe = ({ crm }: World): void =>
      void crm.hooks.subscribe(ADMIN, { destination, settings: ['add_contact'] });
    const account = (page: Page, host: RegExp | string) => page.getByRole('group', { name: host });

    it('loses the next hook and shows the result of each', async () => {
      await onStage(browser, {}, async ({ sandbox, open }) => {
        const { world } = sandbox;
        subscribe(world);
        const page = await open('office');
        await openPanel(page);
        const first = account(page, /crm\.localhost/);
        await first.getByRole('button', { name: 'Lose the next hook' }).click();
        await first.getByRole('button', { name: 'Lose the next hook (1)' }).waitFor();
        await page.getByRole('button', { name: 'A client writes' }).click();
        await first
          .getByText(`add contact ${[...world.crm.contacts.keys()][0]} → ${destination}: lost`)
          .waitFor();
        await page.getByRole('button', { name: 'A client writes' }).click();
        await expect.poll(() => world.crm.deliveries.all.at(-1)?.attempts.length).toBe(1);
        await page.getByRole('button', { name: 'Stage', exact: true }).click();
        await openPanel(page);
        await first.getByText('waiting, no answer').waitFor();
      });
    });

    it('switches hooks off and on, revokes tokens, and opens another account', async () => {
      await onStage(browser, {}, async ({ sandbox, open }) => {
        const { world } = sandbox;
        subscribe(world);
        const admin = world.crm.users.get(ADMIN);
        const { uuid } = world.crm.integration;
        if (admin) world.crm.oauth.exchange(uuid, world.crm.oauth.consent(uuid, admin));
        const page = await open('office');
        await openPanel(page);
        const first = account(page, /crm\.localhost/);
        await first.getByRole('button', { name: 'The CRM switches the hooks off' }).click();
        await first.getByText(`${destination} — switched off`).waitFor();
        await first.getByRole('button', { name: 'Switch the hooks on by hand' }).click();
        await expect.poll(() => world.crm.hooks.all()[0]?.disabled).toBe(false);
        await first.getByRole('button', { name: 'Revoke the tokens (1)' }).click();
        await first.getByRole('button', { name: 'Revoke the tokens (0)' }).waitFor();
        expect(world.crm.oauth.grants[0]?.isRevoked).toBe(true);
        await page.getByRole('button', { name: 'Open another account' }).click();
        await account(page, /account-2\.localhost/).waitFor();
      });
    });
  });
});
