/** Rarer behaviour of the CRM's loader: people without widgets, init_once, pages of one widget, newer lists, Kommo. */
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SELLER_A } from '../../world/people.ts';
import { onStage, openBrowser } from '../../support/sandbox-page.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

const widgetsOf = (page: Page): Promise<string[]> =>
  page.evaluate(() => Object.keys(window.APP.widgets.list));
const START = ['constructor undefined', 'render', 'init', 'bind_actions'];

describe('a widget with init_once', () => {
  it('finds an empty right column on the next card and adds its block again', async () => {
    await onStage(browser, { behaviour: { initOnce: true } }, async ({ sandbox, open, calls }) => {
      const { id } = sandbox.world.clientWrites();
      sandbox.world.clientWrites();
      const page = await open('office', `contacts/detail/${id}`);
      await page.locator('.probe').waitFor({ state: 'attached' });
      await page.evaluate(() => document.querySelector('.probe')?.classList.add('of-the-first-card'));
      await page.getByRole('link', { name: 'Next contact' }).click();
      await page.locator('.probe:not(.of-the-first-card)').waitFor({ state: 'attached' });
      expect(await page.locator('.probe').count()).toBe(1);
      expect(await calls(page)).toEqual([...START, 'render']);
    });
  });

  it('runs on every page, even those that it does not name', async () => {
    const behaviour = { initOnce: true, locations: ['lcard-1'] };
    await onStage(browser, { behaviour }, async ({ open, calls }) => {
      const page = await open('office', 'contacts');
      await expect.poll(() => calls(page)).toEqual(START);
      await page.getByRole('link', { name: 'Settings' }).click();
      await expect.poll(() => calls(page)).toEqual([...START, 'render']);
    });
  });

  it('is destroyed when it is turned off', async () => {
    await onStage(browser, { behaviour: { initOnce: true } }, async ({ open, calls }) => {
      const page = await open('office', 'settings/widgets');
      await page.getByRole('button', { name: 'Probe' }).click();
      await page.getByRole('button', { name: 'Disable' }).click();
      await expect.poll(() => calls(page)).toContain('destroy');
    });
  });
});

describe('no widget is loaded', () => {
  it('for free users', async () => {
    await onStage(browser, {}, async ({ sandbox, open, calls }) => {
      Object.assign(sandbox.world.crm.users.get(SELLER_A) ?? {}, { isFree: true });
      const page = await open('seller-a', 'settings/widgets');
      await page.getByText('Telephony').waitFor();
      expect(await widgetsOf(page)).toEqual([]);
      expect(await calls(page)).toBeUndefined();
    });
  });

  it('for admins in safe mode, while sellers still have theirs', async () => {
    await onStage(browser, {}, async ({ sandbox, open }) => {
      const { id } = sandbox.world.clientWrites();
      const page = await open('office', `contacts/detail/${id}`);
      await page.getByRole('button', { name: 'Stage' }).click();
      const reloaded = page.waitForEvent('load');
      await page.getByRole('switch', { name: /Safe mode/ }).click();
      await reloaded;
      await page.locator('#widgets_block').waitFor({ state: 'attached' });
      expect(await page.evaluate(() => window.APP.constant('safe_mode'))).toBe(true);
      const seller = await open('seller-a', `contacts/detail/${id}`);
      await seller.locator('.probe').waitFor({ state: 'attached' });
      expect(await widgetsOf(page)).toEqual([]);
    });
  });
});

describe('a page of advanced settings', () => {
  it('is filled after the usual calls', async () => {
    const behaviour = { locations: ['settings', 'advanced_settings'] };
    await onStage(browser, { behaviour }, async ({ open, calls }) => {
      const page = await open('office', 'settings/widgets/crm_chat_roles');
      await page.locator('#list_page_holder #work-area-crm_chat_roles').getByText('advanced').waitFor();
      expect(await calls(page)).toEqual([...START, 'advancedSettings']);
      expect(await page.evaluate(() => window.APP.widgets.system['area'])).toBe('advanced-settings');
    });
  });
});

describe('a newer version of the list of widgets', () => {
  it('in any answer makes the page load the list before half an hour has passed', async () => {
    const behaviour = { render: 'calls.push(String(self.get_settings().custom)); return true;' };
    await onStage(browser, { behaviour }, async ({ sandbox, open, calls }) => {
      const { id } = sandbox.world.clientWrites();
      sandbox.world.clientWrites();
      sandbox.world.crm.integration.fields = { custom: 'old' };
      const page = await open('office', `contacts/detail/${id}`);
      const next = async (): Promise<void> => page.getByRole('link', { name: 'Next contact' }).click();
      const lastCustom = async (): Promise<unknown> =>
        (await calls(page)).filter(one => /^(old|new)$/.test(one));
      await expect.poll(lastCustom).toEqual(['old']);
      sandbox.world.crm.integration.fields = { custom: 'new' };
      await next();
      await expect.poll(lastCustom).toEqual(['old', 'old']);
      await page.getByRole('button', { name: 'Stage' }).click();
      await page.getByRole('button', { name: /hands out its lists/ }).click();
      await page.evaluate(() => window.jQuery.ajax({ url: '/api/v4/account' }).then(() => true));
      await expect
        .poll(() => page.evaluate(() => window.APP.constant('widgets_cache_version')))
        .toMatchObject({ contacts_card: '2' });
      await page.goBack();
      await expect.poll(lastCustom).toEqual(['old', 'old', 'new']);
    });
  });
});

describe('the switch beside Save', () => {
  it('turns the widget off when it is saved', async () => {
    await onStage(browser, {}, async ({ sandbox, open, calls }) => {
      const page = await open('office', 'settings/widgets');
      await page.getByRole('button', { name: 'Probe' }).click();
      await page.getByRole('checkbox', { name: 'The widget is on' }).uncheck();
      await page.getByRole('button', { name: 'Save' }).click();
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      expect(await calls(page)).toEqual(expect.arrayContaining(['onSave N', 'destroy']));
      expect(sandbox.world.crm.integration.active).toBe(false);
    });
  });
});

describe('the card of an unsaved deal', () => {
  it('has the id 0, and gets its own id when it is saved', async () => {
    const behaviour = { locations: ['lcard-1'] };
    await onStage(browser, { behaviour }, async ({ sandbox, open, calls }) => {
      const page = await open('seller-a', 'leads');
      await page.getByRole('link', { name: 'New lead' }).click();
      const card = (): Promise<unknown> =>
        page.evaluate(() => {
          const { current_card: shown } = window.APP.data;
          return shown && [shown.id, shown.new_card, shown.element_type, shown.main_user];
        });
      await expect.poll(card).toEqual([0, true, 2, String(SELLER_A)]);
      await expect.poll(() => calls(page)).toEqual(START);
      await page.getByLabel('Lead', { exact: true }).fill('Windows');
      await page.getByRole('button', { name: 'Save' }).click();
      await page.waitForURL('**/leads/detail/*');
      const [lead] = sandbox.world.crm.leads.values();
      expect(lead).toMatchObject({ name: 'Windows', responsibleUserId: SELLER_A });
      await expect.poll(card).toEqual([lead?.id, false, 2, String(SELLER_A)]);
    });
  });
});

describe('the brand Kommo', () => {
  it('keeps the older global too, and has its own domain', async () => {
    await onStage(browser, { brand: 'kommo' }, async ({ open }) => {
      const page = await open('office');
      const seen = await page.evaluate(() => [
        window.AMOCRM === window.APP,
        window.APP.lang_id,
        Reflect.get(Object(window.APP.constant('account')), 'top_level_domain'),
      ]);
      expect(seen).toEqual([true, 'en', 'kommo.com']);
    });
  });
});

it('a widget without a place in the settings is still listed under Integrations', async () => {
  await onStage(browser, { behaviour: { locations: ['ccard-1'] } }, async ({ open }) => {
    const page = await open('office', 'settings/widgets');
    await page.getByRole('button', { name: 'Probe' }).click();
    await expect
      .poll(() => page.getByRole('dialog').getByRole('button', { name: 'Disable' }).count())
      .toBe(1);
  });
});

it('a card that is left before it has loaded is not kept in memory', async () => {
  await onStage(browser, {}, async ({ sandbox, open }) => {
    const ids = [1, 2, 3].map(() => sandbox.world.clientWrites().id);
    const page = await open('seller-a', `contacts/detail/${ids[0]}`);
    await page.locator('.probe').waitFor({ state: 'attached' });
    await page.evaluate(
      paths => {
        for (const href of paths) {
          const link = Object.assign(document.createElement('a'), { className: 'js-navigate-link', href });
          document.body.append(link);
          link.click();
          link.remove();
        }
      },
      ids.slice(1).map(id => `/contacts/detail/${id}`),
    );
    await page.waitForURL(`**/contacts/detail/${ids[2]}`);
    await expect.poll(() => heldCards(page)).toBe(1);
  });
});

/** In the document or not: the browser collects garbage before it answers. */
async function heldCards(page: Page): Promise<unknown> {
  const inspector = await page.context().newCDPSession(page);
  try {
    const { result } = await inspector.send('Runtime.evaluate', { expression: 'HTMLDivElement.prototype' });
    const { objects } = await inspector.send('Runtime.queryObjects', {
      prototypeObjectId: result.objectId ?? '',
    });
    const counted = await inspector.send('Runtime.callFunctionOn', {
      objectId: objects.objectId ?? '',
      functionDeclaration: "function () { return this.filter(({ id }) => id === 'card_holder').length; }",
      returnByValue: true,
    });
    return counted.result.value;
  } finally {
    await inspector.detach();
  }
}
