/** Foreign widgets run beside ours, and what the sandbox lacks for them is listed. */
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SandboxOptions } from '../../sandbox/sandbox.ts';
import { SELLER_A } from '../../world/people.ts';
import { onStage, openBrowser, type CrmPage } from '../../support/sandbox-page.ts';
import { archive } from './foreign/archive.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

type Foreign = NonNullable<SandboxOptions['foreign']>;
const oldStyle = async (): Promise<Foreign> => ({ name: 'birthdays.zip', zip: await archive('old-style') });
const bundled = async (): Promise<Foreign> => ({ name: 'Counter 1.0.zip', zip: await archive('bundled') });

async function openCard({ sandbox, open }: CrmPage, kind: 'contacts' | 'leads' = 'contacts'): Promise<Page> {
  const client = sandbox.world.clientWrites();
  const deal = sandbox.world.crm.addLead('Doors', [client.id], SELLER_A);
  return open('seller-a', `${kind}/detail/${kind === 'leads' ? deal.id : client.id}`);
}

const openBlock = (page: Page, code: string): Promise<void> =>
  page.locator(`.card-widgets__widget-${code} .card-widgets__widget__caption`).click();

describe('a widget with templates and jQuery', () => {
  it.each(['contacts', 'leads'] as const)('is drawn beside ours on a card of %s', async kind => {
    const behaviour = { locations: ['settings', 'ccard-1', 'lcard-1'] };
    await onStage(browser, { foreign: await oldStyle(), behaviour }, async stage => {
      const page = await openCard(stage, kind);
      await openBlock(page, 'birthday_list');
      const block = page.locator('.birthday-list');
      await block.getByRole('heading', { name: 'NEXT BIRTHDAYS' }).waitFor();
      expect(await block.getByRole('listitem').allTextContents()).toEqual(['1. Anna', '2. Boris & Co']);
      expect(await block.locator('p').textContent()).toBe('Hello');
      await expect
        .poll(() => block.getByText('1. Anna').evaluate(node => getComputedStyle(node).color))
        .toBe('rgb(1, 2, 3)');
      await page.locator('.probe').waitFor({ state: 'attached' });
    });
  });

  it('signs its requests with its own token and shows the answer in the CRM’s modal', async () => {
    await onStage(browser, { foreign: await oldStyle() }, async stage => {
      const page = await openCard(stage);
      const tokens: string[] = [];
      await page.route('https://birthdays.example/**', route => {
        tokens.push(route.request().headers()['x-auth-token'] ?? '');
        return route.fulfill({
          json: { said: 'Anna is pleased' },
          headers: { 'access-control-allow-origin': '*', 'access-control-allow-headers': '*' },
        });
      });
      await openBlock(page, 'birthday_list');
      await page.getByRole('button', { name: 'Greet' }).click();
      await page.getByRole('dialog').getByText('Anna is pleased').waitFor();
      const claims = JSON.parse(Buffer.from(tokens.at(-1)?.split('.')[1] ?? '', 'base64url').toString());
      expect(claims).toMatchObject({ user_id: SELLER_A });
      expect(claims.client_uuid).not.toBe(stage.sandbox.world.crm.integration.uuid);
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
    });
  });

  it('keeps what is saved in its settings with the CRM’s own Save', async () => {
    await onStage(browser, { foreign: await oldStyle() }, async ({ open }) => {
      const page = await open('office', 'settings/widgets');
      await page.getByRole('button', { name: 'Birthday list' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByRole('button', { name: 'Hi there' }).click();
      await dialog.getByRole('option', { name: 'Hooray' }).click();
      await dialog.getByRole('button', { name: 'Save' }).click();
      await dialog.waitFor({ state: 'detached' });
      await page.reload();
      const saved = (): Promise<unknown> =>
        page.evaluate(() => {
          const params = window.APP.widgets.list['birthday_list']?.params;
          return params && [params['greeting'], params['loud']];
        });
      await expect.poll(saved).toEqual(['hooray', '{"on":true}']);
    });
  });

  it('has everything that the sandbox lacks for it listed on the page', async () => {
    await onStage(browser, { foreign: await oldStyle() }, async stage => {
      const page = await openCard(stage);
      const names = page.getByRole('group').filter({ hasText: 'What was asked for' }).getByRole('listitem');
      const missed = [
        'location digital_pipeline',
        'birthday_list: callback dpSettings',
        'twig: Cannot extend an inline template.',
        'system template /tmpl/controls/date_field.twig',
        'self.add_action()',
        'APP.router',
        'module lib/interface/controls/suggest',
      ];
      await expect.poll(async () => (await names.allTextContents()).sort()).toEqual(missed.sort());
      expect([...stage.sandbox.lacking].sort()).toEqual(missed);
    });
  });
});

describe('a bundled widget', () => {
  it('takes its code from the file’s name, stays alive between cards, and is drawn again', async () => {
    await onStage(browser, { foreign: await bundled() }, async stage => {
      stage.sandbox.world.clientWrites({ phone: '+7 916 000-00-77' });
      const page = await openCard(stage);
      await openBlock(page, 'counter_1_0');
      await page.getByText('1 opened, card').waitFor();
      await page.getByRole('link', { name: 'Previous contact' }).click();
      await page.getByText('2 opened, card').waitFor({ state: 'attached' });
      expect([...stage.sandbox.lacking]).toEqual([]);
    });
  });

  it('fills its page of advanced settings', async () => {
    await onStage(browser, { foreign: await bundled() }, async ({ open }) => {
      const page = await open('office', 'settings/widgets');
      await page.getByRole('link', { name: 'All counts' }).click();
      await page.getByText('0 opened, card none').waitFor();
      expect(await page.evaluate(() => [window.APP.getWidgetsArea(), window.APP.getV3WidgetsArea()])).toEqual(
        ['advanced-settings:counter_1_0', 'widget.advanced_settings'],
      );
    });
  });

  it('can be turned off and installed again, and ours stays installed', async () => {
    await onStage(browser, { foreign: await bundled() }, async ({ sandbox, open }) => {
      const page = await open('office', 'settings/widgets');
      await page.getByRole('button', { name: 'Counter' }).click();
      await page.getByRole('button', { name: 'Disable' }).click();
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      await page.getByRole('button', { name: 'Counter' }).click();
      await page.getByRole('button', { name: 'Install' }).click();
      await page.getByRole('spinbutton', { name: 'Start at' }).fill('40');
      await page.getByRole('button', { name: 'Save' }).click();
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      const { id } = sandbox.world.clientWrites();
      await page.goto(`${sandbox.officeAddress}contacts/detail/${id}`);
      await page.getByText('41 opened, card').waitFor({ state: 'attached' });
      expect(sandbox.world.crm.integration.status).toBe('installed');
    });
  });
});
