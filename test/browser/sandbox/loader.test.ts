/** The order in which the emulated CRM runs widgets, according to facts about the real one. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Browser, Page } from 'playwright';
import { SELLER_A, SELLER_B } from '../../world/people.ts';
import { onStage, openBrowser } from '../../support/sandbox-page.ts';
import { probe } from '../../support/page-probe.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

const shown = (page: Page): Promise<void> => page.locator('.probe').waitFor({ state: 'attached' });

describe('starting a widget', () => {
  it.each([
    [
      'calls init before bind_actions when render returns true',
      'return true;',
      ['render', 'init', 'bind_actions'],
    ],
    [
      'calls bind_actions before init when render returns a promise',
      'return new Promise(done => setTimeout(() => { done(true); }, 50));',
      ['render', 'bind_actions', 'init'],
    ],
    ['calls no init when render returns false', 'return false;', ['render', 'bind_actions']],
    [
      'calls init before bind_actions when render returns a resolved Deferred',
      'return $.Deferred().resolve(true);',
      ['render', 'init', 'bind_actions'],
    ],
  ])('%s', async (_case, render, order) => {
    await onStage(browser, { behaviour: { render } }, async ({ sandbox, open, calls }) => {
      const { id } = sandbox.world.clientWrites();
      const page = await open('office', `contacts/detail/${id}`);
      await expect.poll(() => calls(page)).toEqual(['constructor undefined', ...order]);
    });
  });

  it('continues with the others when one throws, and records the error', async () => {
    const behaviour = { render: 'throw new Error("broken");' };
    await onStage(browser, { behaviour, hostile: true }, async ({ sandbox, open, calls }) => {
      const { id } = sandbox.world.clientWrites();
      const page = await open('office', `contacts/detail/${id}`);
      await page.locator('.loud-neighbour').waitFor({ state: 'attached' });
      await expect
        .poll(() => page.evaluate(() => window.sandbox.errors.map(({ code }) => code)))
        .toEqual(['crm_chat_roles']);
      expect(await calls(page)).toEqual(['constructor undefined', 'render']);
    });
  });

  it.each([
    ['where the manifest does not name the place', { installed: true, locations: ['settings'] }],
    ['where it is not installed', { installed: false, locations: ['ccard-1'] }],
  ])('does not happen %s', async (_case, { installed, locations }) => {
    await onStage(browser, { installed, behaviour: { locations } }, async ({ sandbox, open, calls }) => {
      const { id } = sandbox.world.clientWrites();
      const page = await open('office', `contacts/detail/${id}`);
      await expect.poll(() => page.evaluate(() => Object.keys(window.APP.widgets.system))).not.toEqual([]);
      expect(await calls(page)).toBeUndefined();
    });
  });
});

describe('a change from card to card', () => {
  it('destroys the widget and creates a new one', async () => {
    await onStage(browser, {}, async ({ sandbox, open, calls }) => {
      const { id } = sandbox.world.clientWrites();
      sandbox.world.clientWrites();
      const page = await open('office', `contacts/detail/${id}`);
      await shown(page);
      await page.getByRole('link', { name: 'Next contact' }).click();
      const once = ['constructor undefined', 'render', 'init', 'bind_actions'];
      await expect.poll(() => calls(page)).toEqual([...once, 'destroy', ...once]);
    });
  });

  it('renders a widget with init_once again and keeps it', async () => {
    await onStage(browser, { behaviour: { initOnce: true } }, async ({ sandbox, open, calls }) => {
      const { id } = sandbox.world.clientWrites();
      sandbox.world.clientWrites();
      const page = await open('office', `contacts/detail/${id}`);
      await shown(page);
      await page.getByRole('link', { name: 'Next contact' }).click();
      await expect
        .poll(() => calls(page))
        .toEqual(['constructor undefined', 'render', 'init', 'bind_actions', 'render']);
    });
  });

  it('keeps main_user when somebody changes the responsible user outside of the card', async () => {
    await onStage(browser, {}, async ({ sandbox, open }) => {
      const { id } = sandbox.world.clientWrites();
      sandbox.world.crm.assignContact(SELLER_A, id, SELLER_A);
      const page = await open('office', `contacts/detail/${id}`);
      const mainUser = (): Promise<unknown> =>
        page.evaluate(() => window.APP.data.current_card && window.APP.data.current_card.main_user);
      await expect.poll(mainUser).toBe(String(SELLER_A));
      sandbox.world.crm.assignContact(SELLER_B, id, SELLER_B);
      sandbox.world.changed();
      await page.getByText('Adam Archer → Brian Bell').waitFor();
      expect(await mainUser()).toBe(String(SELLER_A));
      await page.reload();
      await expect.poll(mainUser).toBe(String(SELLER_B));
    });
  });
});

describe('the constants', () => {
  it('cannot be changed by a widget', async () => {
    await onStage(browser, {}, async ({ open }) => {
      const page = await open('office');
      const outcome = await page.evaluate(() => {
        'use strict';
        try {
          Object.assign(Object(Reflect.get(Object(window.APP.constant('managers')), '8002')), {
            title: 'changed',
          });
          return 'written';
        } catch {
          return 'refused';
        }
      });
      expect(outcome).toBe('refused');
    });
  });

  it('have ids as strings, and names escaped for HTML', async () => {
    await onStage(browser, {}, async ({ sandbox, open }) => {
      const seller = sandbox.world.crm.users.get(SELLER_A);
      if (seller) seller.name = '<b>Adam</b> & "Co"';
      const page = await open('office');
      const manager = await page.evaluate(() => Reflect.get(Object(window.APP.constant('managers')), '8002'));
      expect(manager).toMatchObject({
        id: '8002',
        title: '&lt;b&gt;Adam&lt;/b&gt; &amp; &quot;Co&quot;',
        is_admin: 'N',
      });
    });
  });
});

describe('the list of widgets', () => {
  it('is cached for half an hour, with the settings in it', async () => {
    const behaviour = { render: 'calls.push(String(self.get_settings().custom)); return true;' };
    await onStage(browser, { behaviour }, async ({ sandbox, open, calls }) => {
      const { id } = sandbox.world.clientWrites();
      const custom = async (): Promise<string | undefined> => (await calls(page))?.[2];
      sandbox.world.crm.integration.fields = { custom: 'old' };
      const page = await open('seller-a', `contacts/detail/${id}`);
      await expect.poll(custom).toBe('old');
      sandbox.world.crm.integration.fields = { custom: 'new' };
      await page.reload();
      await expect.poll(custom).toBe('old');
      sandbox.world.clock.advance(30 * 60_000);
      await page.reload();
      await expect.poll(custom).toBe('new');
    });
  });

  it('has a new version after a new upload', async () => {
    const behaviour = { render: 'calls.push(self.get_version()); return true;' };
    await onStage(browser, { behaviour, reload: true }, async ({ sandbox, open, calls }) => {
      const { id } = sandbox.world.clientWrites();
      const page = await open('office', `contacts/detail/${id}`);
      await expect.poll(async () => (await calls(page))?.[2]).toBe('1.0.0');
      sandbox.install(probe(behaviour));
      await expect.poll(async () => (await calls(page).catch(() => []))?.[2]).toBe('1.0.0-2');
    });
  });
});

describe('the right column', () => {
  it('hides a body until its caption is clicked', async () => {
    await onStage(browser, {}, async ({ sandbox, open }) => {
      const { id } = sandbox.world.clientWrites();
      const page = await open('office', `contacts/detail/${id}`);
      await shown(page);
      const body = page.locator('.card-widgets__widget-crm_chat_roles .card-widgets__widget__body');
      expect(await body.isVisible()).toBe(false);
      await page.locator('.probe-caption').click();
      expect(await body.isVisible()).toBe(true);
      expect(await body.evaluate(node => node.previousElementSibling?.className)).toContain('probe-caption');
    });
  });

  it('is closed on a small screen at first, and opens its first widget over the card', async () => {
    await onStage(browser, {}, async ({ sandbox, open }) => {
      const { id } = sandbox.world.clientWrites();
      const page = await open('office');
      await page.setViewportSize({ width: 800, height: 700 });
      await page.goto(`${sandbox.officeAddress}contacts/detail/${id}`);
      await page.locator('.card-widgets__elements').click();
      expect(await page.getByText('shown', { exact: true }).isVisible()).toBe(true);
      await page.locator('#card_widgets_overlay').click({ position: { x: 5, y: 5 } });
      expect(await page.getByText('shown', { exact: true }).isVisible()).toBe(false);
    });
  });
});
