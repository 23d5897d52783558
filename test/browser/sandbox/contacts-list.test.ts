/** The list of contacts in the emulated CRM, and what it offers to widgets for picked contacts. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Browser } from 'playwright';
import { NOBODY, SELLER_A } from '../../world/people.ts';
import { onStage, openBrowser } from '../../support/sandbox-page.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

const behaviour = {
  locations: ['settings', 'clist-1'],
  selected: 'calls.push(JSON.stringify(self.list_selected()));',
};

describe('the list of contacts', () => {
  it('offers the widget for picked contacts, and passes them to it on a press', async () => {
    await onStage(browser, { behaviour }, async ({ sandbox, open, calls }) => {
      const { crm } = sandbox.world;
      const anna = crm.addContact('Anna Smith', ['+7 916 000-00-01', '+7 916 000-00-02'], NOBODY);
      const boris = crm.addContact('Boris Brown', [], NOBODY);
      boris.emails = ['b@example.com'];
      crm.addContact('Clara Cook', [], NOBODY);
      const page = await open('seller-a');
      await expect.poll(() => calls(page)).toContain('bind_actions');
      expect(await page.evaluate(() => window.APP.widgets.system['area'])).toBe('clist');
      const bar = page.getByRole('toolbar', { name: 'With selected' });
      expect(await bar.count()).toBe(0);
      await page.getByRole('checkbox', { name: 'Anna Smith' }).check();
      await page.getByRole('checkbox', { name: 'Boris Brown' }).check();
      await bar.getByText('Selected: 2').waitFor();
      await bar.getByRole('button', { name: 'Probe' }).click();
      const picked: unknown = JSON.parse((await calls(page)).at(-1) ?? '');
      expect(picked).toEqual({
        selected: [
          { id: anna.id, emails: [], phones: ['+7 916 000-00-01', '+7 916 000-00-02'], type: 'contact' },
          { id: boris.id, emails: ['b@example.com'], phones: [], type: 'contact' },
        ],
        summary: { items: 2, emails: 1, phones: 2 },
      });
    });
  });

  it('shows the widget’s block beside the list while a contact is picked', async () => {
    const marked = { ...behaviour, selected: 'calls.push(String(this === self.callbacks.contacts));' };
    await onStage(browser, { behaviour: marked }, async ({ sandbox, open, calls }) => {
      sandbox.world.crm.addContact('Anna Smith', [], NOBODY);
      const page = await open('seller-a');
      const column = page.getByRole('complementary', { name: 'Widgets' });
      await expect.poll(() => calls(page)).toContain('bind_actions');
      expect(await column.count()).toBe(0);
      await page.getByRole('checkbox', { name: 'Anna Smith' }).check();
      await column.locator('.probe-caption').click();
      await column.getByText('shown').waitFor();
      await page.getByRole('button', { name: 'Probe' }).click();
      expect((await calls(page)).at(-1)).toBe('true');
      await page.getByRole('checkbox', { name: 'Anna Smith' }).uncheck();
      await column.waitFor({ state: 'detached' }).catch(() => undefined);
      expect(await column.count()).toBe(0);
    });
  });

  it('keeps the picked contacts while others appear, and drops a deleted one', async () => {
    await onStage(browser, { behaviour }, async ({ sandbox, open }) => {
      const { crm, clientWrites, changed } = sandbox.world;
      const anna = crm.addContact('Anna Archer', [], SELLER_A);
      crm.addContact('Boris Brown', [], SELLER_A);
      const page = await open('seller-a');
      await page.getByRole('checkbox', { name: 'Select all' }).check();
      await page.getByText('Selected: 2').waitFor();
      clientWrites({ name: 'Clara Cook' });
      await page.getByRole('row', { name: /Clara Cook/ }).waitFor();
      expect(await page.getByRole('checkbox', { name: 'Boris Brown' }).isChecked()).toBe(true);
      expect(await page.getByRole('checkbox', { name: 'Clara Cook' }).isChecked()).toBe(false);
      crm.deleteContact(SELLER_A, anna.id);
      changed();
      await page.getByText('Selected: 1').waitFor();
    });
  });

  it('shows one employee’s contacts when the address asks for them', async () => {
    await onStage(browser, { behaviour }, async ({ sandbox, open }) => {
      sandbox.world.crm.addContact('Anna Smith', [], NOBODY);
      sandbox.world.crm.addContact('Boris Brown', [], SELLER_A);
      const page = await open('seller-a', `contacts/list/contacts/?filter[main_user][]=${SELLER_A}`);
      await page.getByRole('row', { name: /Boris Brown/ }).waitFor();
      expect(await page.getByRole('row', { name: /Anna Smith/ }).count()).toBe(0);
    });
  });
});

it('deals are picked from their list in the same way', async () => {
  const onDeals = { ...behaviour, locations: ['llist-1'] };
  await onStage(browser, { behaviour: onDeals }, async ({ sandbox, open, calls }) => {
    const lead = sandbox.world.crm.addLead('Doors', [], SELLER_A);
    const page = await open('seller-a', 'leads');
    await page.getByRole('checkbox', { name: 'Doors' }).check();
    await page.getByRole('button', { name: 'Probe' }).click();
    expect(JSON.parse((await calls(page)).at(-1) ?? '')).toMatchObject({
      selected: [{ id: lead.id, emails: [], phones: [], type: 'lead' }],
    });
  });
});

describe('a deleted contact', () => {
  it('disappears from the list and has no card', async () => {
    await onStage(browser, { behaviour }, async ({ sandbox, open }) => {
      const { id } = sandbox.world.crm.addContact('Anna Smith', [], SELLER_A);
      const page = await open('seller-a', `contacts/detail/${id}`);
      await page.getByRole('button', { name: 'Delete the contact' }).click();
      await page.getByRole('heading', { name: 'Contacts' }).waitFor();
      expect(await page.getByRole('row', { name: /Anna Smith/ }).count()).toBe(0);
      expect(sandbox.world.crm.contactFor(SELLER_A, id)).toBeUndefined();
      await page.goBack();
      await page.getByRole('heading', { name: 'No such contact' }).waitFor();
    });
  });
});
