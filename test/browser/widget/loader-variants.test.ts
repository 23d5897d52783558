/** The built package with every known variant of a CRM's loader, in Chromium. */
import { readFileSync } from 'node:fs';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { Browser, Page } from 'playwright';
import { onStage, openBrowser } from '../../support/sandbox-page.ts';
import { SELLER_A } from '../../world/people.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

const archive = (folder: 'packageFolder' | 'kommoFolder'): Record<string, Uint8Array> =>
  unzipSync(readFileSync(`${inject(folder)}/widget.zip`));

/** The package with a manifest that asks for init_once. */
function livingOn(): Uint8Array {
  const files = archive('packageFolder');
  const manifest = JSON.parse(strFromU8(files['manifest.json'] ?? new Uint8Array()));
  manifest.widget.init_once = true;
  return zipSync({ ...files, 'manifest.json': strToU8(JSON.stringify(manifest)) });
}

const ownBlock = '.card-widgets__widget-crm_chat_roles';
/** The number of our shadow roots in the page. */
const corners = (page: Page): Promise<number> =>
  page.evaluate(
    () =>
      [...document.querySelectorAll('*')].filter(one => one.shadowRoot && one.matches('[data-theme]')).length,
  );
/** Goes to another page without a reload, and resolves when the former one has been removed. */
async function goTo(page: Page, path: string): Promise<void> {
  await page.evaluate(to => {
    document.querySelector('#widgets_block')?.setAttribute('data-former', '');
    history.pushState(null, '', to);
    dispatchEvent(new PopStateEvent('popstate'));
  }, path);
  await page.locator('[data-former]').waitFor({ state: 'detached' });
}

type Given = {
  readonly constants?: Readonly<Record<string, unknown>>;
  readonly language?: string;
  /** The theme mark of the page; null for none. */
  readonly scheme?: string | null;
};

/** Makes each further page of this tab report other constants, another language or another theme. */
async function sayingOf(page: Page, given: Given): Promise<void> {
  await page.addInitScript(({ constants = {}, language, scheme }) => {
    let app: Window['APP'];
    Object.defineProperty(window, 'APP', {
      get: () => app,
      set(made: Window['APP']) {
        const constant = (name: string): unknown =>
          name in constants ? constants[name] : made.constant(name);
        app = Object.create(made, {
          constant: { value: constant },
          lang_id: { value: language ?? made.lang_id },
        });
        if (scheme) document.documentElement.dataset['colorScheme'] = scheme;
        else if (scheme === null) delete document.documentElement.dataset['colorScheme'];
      },
    });
  }, given);
}

/** Counts observers that a card leaves behind when it is removed. */
async function countObservers(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const live = new Set<ResizeObserver>();
    window.ResizeObserver = class extends ResizeObserver {
      override observe(target: Element): void {
        live.add(this);
        super.observe(target);
      }
      override disconnect(): void {
        live.delete(this);
        super.disconnect();
      }
    };
    Reflect.set(window, 'liveObservers', live);
  });
}
const liveObservers = (page: Page): Promise<number> =>
  page.evaluate(() => Reflect.get(window, 'liveObservers').size);

describe('an instance with init_once', () => {
  it('shows each card its own client once, and leaves nothing on other pages', async () => {
    await onStage(browser, { zip: livingOn() }, async ({ sandbox, open }) => {
      const anna = sandbox.world.clientWrites({ name: 'Anna', phone: '+1 202 555 0101' });
      const boris = sandbox.world.clientWrites({ name: 'Boris', phone: '+1 202 555 0102' });
      sandbox.world.crm.assignContact(SELLER_A, boris.id, SELLER_A);
      const page = await open('seller-b', `contacts/detail/${anna.id}`);
      await countObservers(page);
      await page.reload();
      await expect.poll(() => corners(page)).toBe(2);
      const observers = await liveObservers(page);
      for (const [path, here] of [
        [`/contacts/detail/${boris.id}`, 2],
        ['/contacts/list/contacts/', 0],
        [`/contacts/detail/${anna.id}`, 2],
      ] as const) {
        await goTo(page, path);
        await expect.poll(() => corners(page)).toBe(here);
        expect(await page.locator(ownBlock).count()).toBe(here / 2);
      }
      expect(observers).toBeGreaterThan(0);
      expect(await liveObservers(page)).toBe(observers);
    });
  });

  it('shows the panel once when the modal is opened again, and removes it with the page', async () => {
    await onStage(browser, { zip: livingOn() }, async ({ sandbox, open }) => {
      sandbox.connect();
      const { id } = sandbox.world.clientWrites();
      const page = await open('office', 'settings/widgets');
      const tile = page.getByRole('button', { name: 'Chat roles via Wazzup' });
      for (let opened = 0; opened < 2; opened += 1) {
        await tile.click();
        await page.getByText('Decide who sees client chats').waitFor();
        expect(await corners(page)).toBe(1);
        await page.keyboard.press('Escape');
      }
      await tile.click();
      await page.getByText('Decide who sees client chats').waitFor();
      await goTo(page, `/contacts/detail/${id}`);
      await expect.poll(() => corners(page)).toBe(2);
    });
  });
});

describe('a loader that calls in another order', () => {
  it('can call each callback without the others before it', async () => {
    await onStage(browser, { zip: livingOn() }, async ({ sandbox, open }) => {
      const { id } = sandbox.world.clientWrites();
      const page = await open('seller-a', `contacts/detail/${id}`);
      await expect.poll(() => corners(page)).toBe(2);
      const answers = await page.evaluate(() => {
        const { callbacks } = window.APP.widgets.list['crm_chat_roles'] ?? {};
        callbacks?.destroy?.();
        return [callbacks?.bind_actions(), callbacks?.init(), callbacks?.render(), callbacks?.bind_actions()];
      });
      expect(answers).toEqual([true, true, true, true]);
      await expect.poll(() => corners(page)).toBe(2);
    });
  });
});

describe('the package for Kommo', () => {
  const kommo = (): Uint8Array => new Uint8Array(readFileSync(`${inject('kommoFolder')}/widget.zip`));

  it('runs where only `APP` exists', async () => {
    await onStage(browser, { zip: kommo() }, async ({ sandbox, open }) => {
      const { id } = sandbox.world.clientWrites();
      const page = await open('seller-a', `contacts/detail/${id}`);
      await page.addInitScript(() =>
        Object.defineProperty(window, 'AMOCRM', { get: () => undefined, set() {} }),
      );
      await page.reload();
      await expect.poll(() => corners(page)).toBe(2);
    });
  });

  it.each([
    ['dark' as const, 2, 'dark'],
    ['light' as const, 2, 'light'],
    [null, 2, 'dark'],
    [null, 1, 'light'],
    [null, 0, 'light'],
  ])('on a page marked %s, with the person’s theme %i, is %s', async (scheme, theme, expected) => {
    await onStage(browser, { zip: kommo() }, async ({ sandbox, open }) => {
      const { id } = sandbox.world.clientWrites();
      const page = await open('seller-a');
      await sayingOf(page, { constants: { user: { id: SELLER_A, name: 'Adam Archer', theme } }, scheme });
      await page.goto(`${sandbox.addressOf('seller-a')}contacts/detail/${id}`);
      await expect
        .poll(() =>
          page.locator(`${ownBlock} [data-theme]`).evaluateAll(all => all.map(one => one.dataset['theme'])),
        )
        .toEqual([expected, expected]);
    });
  });

  it.each([
    ['es', 'es'],
    ['fr', 'en'],
  ])('with the language %s loads and shows only %s', async (language, spoken) => {
    const words = JSON.parse(strFromU8(archive('kommoFolder')[`i18n/${spoken}.json`] ?? new Uint8Array()));
    await onStage(browser, { zip: kommo() }, async ({ sandbox, open }) => {
      const { id } = sandbox.world.clientWrites();
      const page = await open('seller-a');
      await sayingOf(page, { language });
      await page.route(/i18n\/en\.json/, route => route.fulfill({ json: words }));
      const asked: string[] = [];
      page.on('request', request => asked.push(request.url()));
      await page.goto(`${sandbox.addressOf('seller-a')}contacts/detail/${id}`);
      await page.locator(ownBlock).getByText(words.card.colleagues.split('{{')[0].trim()).first().waitFor();
      await page.locator(`${ownBlock} .js-widget-caption-block`).click();
      const loaded = (): string[] =>
        asked.flatMap(address => /\/(?<locale>[a-z]{2})-[\w-]+\.js/.exec(address)?.groups?.['locale'] ?? []);
      await expect.poll(loaded).toEqual([spoken]);
    });
  });

  it('follows when the page changes its theme', async () => {
    await onStage(browser, { zip: kommo() }, async ({ sandbox, open }) => {
      const { id } = sandbox.world.clientWrites();
      const page = await open('seller-a', `contacts/detail/${id}`);
      const theme = (): Promise<string | null> =>
        page.locator(`${ownBlock} [data-theme]`).first().getAttribute('data-theme');
      for (const scheme of ['dark', 'light']) {
        await page.evaluate(to => (document.documentElement.dataset['colorScheme'] = to), scheme);
        await expect.poll(theme).toBe(scheme);
      }
    });
  });
});

describe('a person who gets no widgets from the CRM', () => {
  it.each(['is_free', 'safe_mode'] as const)('loads none of our scripts: %s', async reason => {
    await onStage(browser, { zip: livingOn() }, async ({ sandbox, open }) => {
      const { id } = sandbox.world.clientWrites();
      const person = sandbox.world.crm.users.get(SELLER_A);
      if (person && reason === 'is_free') person.isFree = true;
      const page = await open(reason === 'is_free' ? 'seller-a' : 'office');
      const card = `${page.url()}contacts/detail/${id}`;
      // The first page may still be loading.
      await page.goto('about:blank');
      const asked: string[] = [];
      page.on('request', request => asked.push(request.url()));
      if (reason === 'safe_mode') await sayingOf(page, { constants: { safe_mode: true } });
      await page.goto(card);
      await page.locator('#widgets_block').waitFor({ state: 'attached' });
      await page.waitForLoadState('networkidle').catch(() => undefined);
      expect(asked.filter(address => address.includes('crm_chat_roles'))).toEqual([]);
      expect(await corners(page)).toBe(0);
    });
  });
});
