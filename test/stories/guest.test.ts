/** The widget is a guest in the CRM's page: it takes nothing from the host and leaves nothing behind. */
import type { Page } from 'playwright';
import { afterEach, describe, expect, it } from 'vitest';
import { giveRole, NAMES, openCard, openSettings, roleLine, roleRow } from '../support/crm-steps.ts';
import { connected } from '../support/setting-up.ts';
import { stages, type Stage } from '../support/browser-stage.ts';

const names = NAMES.ru;
const browser = stages();
let stage: Stage;
afterEach(() => stage.close());

/** Counts what scripts of the widget have added to the page and not removed. */
async function watchWidget(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const isOurs = () => (new Error('who asks').stack ?? '').includes('/crm_chat_roles/');
    const left = {
      listeners: 0,
      timers: new Set<unknown>(),
      observers: new Set<unknown>(),
      corners: new Set<Element>(),
    };
    Object.assign(window, { __left: left });
    const { addEventListener, removeEventListener } = EventTarget.prototype;
    const isPage = (target: unknown) =>
      target === window || target === document || target instanceof HTMLElement;
    const counted = new WeakMap<object, Set<string>>();
    EventTarget.prototype.addEventListener = function (this: EventTarget, type, listener, options) {
      if (
        isPage(this) &&
        isOurs() &&
        !(this instanceof HTMLElement && this.getRootNode() !== document) &&
        listener
      ) {
        const isOutside =
          this === window || this === document || (this instanceof HTMLElement && this.isConnected);
        const types = counted.get(listener) ?? new Set();
        counted.set(listener, types);
        if (isOutside && !types.has(type)) {
          left.listeners += 1;
          types.add(type);
          if (typeof options === 'object')
            options.signal?.addEventListener('abort', () => this.removeEventListener(type, listener));
        }
      }
      return addEventListener.call(this, type, listener, options);
    };
    EventTarget.prototype.removeEventListener = function (this: EventTarget, type, listener, options) {
      if (listener && counted.get(listener)?.delete(type)) left.listeners -= 1;
      return removeEventListener.call(this, type, listener, options);
    };
    const { setInterval: startInterval, clearInterval: stopInterval } = window;
    const setInterval = (...given: Parameters<typeof startInterval>): number => {
      const id = startInterval(...given);
      if (isOurs()) left.timers.add(id);
      return id;
    };
    Object.assign(window, { setInterval });
    window.clearInterval = id => {
      left.timers.delete(id);
      stopInterval(id);
    };
    for (const Observer of [MutationObserver, ResizeObserver]) {
      const { observe, disconnect } = Observer.prototype;
      Observer.prototype.observe = function (
        this: MutationObserver & ResizeObserver,
        ...given: [never, never]
      ) {
        if (isOurs()) left.observers.add(this);
        return observe.apply(this, given);
      };
      Observer.prototype.disconnect = function (this: MutationObserver & ResizeObserver) {
        left.observers.delete(this);
        return disconnect.call(this);
      };
    }
    const { attachShadow } = Element.prototype;
    Element.prototype.attachShadow = function (this: Element, options) {
      if (isOurs()) left.corners.add(this);
      return attachShadow.call(this, options);
    };
  });
}
const leftBy = (page: Page) =>
  page.evaluate(() => {
    const left: { listeners: number; timers: Set<unknown>; observers: Set<unknown>; corners: Set<Element> } =
      Reflect.get(window, '__left');
    return {
      listeners: left.listeners,
      timers: left.timers.size,
      observers: left.observers.size,
      nodes: [...left.corners].filter(corner => corner.isConnected || corner.shadowRoot?.hasChildNodes())
        .length,
    };
  });

describe('the widget', () => {
  it('leaves no node, listener, observer or timer behind when the seller leaves the card', async () => {
    stage = await browser.stage();
    connected(stage);
    const client = stage.world.clientWrites();
    const page = await stage.open('seller-a');
    await watchWidget(page);
    await openCard(page, client.id);
    await page.getByRole('button', { name: names.claim }).click();
    await page.getByText(names.told).waitFor();
    expect(await leftBy(page)).toMatchObject({ nodes: 2, observers: 3 });

    await page.getByRole('link', { name: 'Контакты', exact: true }).click();
    await page.getByRole('heading', { name: 'Контакты' }).waitFor();
    await expect.poll(() => leftBy(page)).toEqual({ listeners: 0, timers: 0, observers: 0, nodes: 0 });
  });

  it('leaves nothing behind when the admin leaves the settings', async () => {
    stage = await browser.stage();
    connected(stage);
    const page = await stage.open('office');
    await watchWidget(page);
    await openSettings(page, names);
    await page.getByRole('button', { name: names.select }).click();
    await page
      .getByRole('dialog', { name: names.dialog })
      .getByRole('button', { name: names.cancel })
      .click();
    await page.goBack();
    await expect.poll(() => leftBy(page)).toEqual({ listeners: 0, timers: 0, observers: 0, nodes: 0 });
  });

  it('lets an admin type although another widget swallows keys, and hides these keys from the CRM', async () => {
    stage = await browser.stage({ hostile: true });
    connected(stage);
    const page = await stage.open('office');
    await openSettings(page, names);
    await page.evaluate(() => {
      Object.assign(window, { __heard: 0 });
      document.addEventListener('keydown', () =>
        Object.assign(window, { __heard: Reflect.get(window, '__heard') + 1 }),
      );
    });
    await page.getByRole('button', { name: names.select }).click();
    await page.getByRole('searchbox', { name: names.search }).pressSequentially('артем');
    await expect.poll(() => page.getByRole('row').count()).toBe(2);
    expect(await roleRow(page, 'Артём Алексеев').isVisible()).toBe(true);
    expect(await page.evaluate(() => Reflect.get(window, '__heard'))).toBe(0);
  });

  it('looks the same beside another widget that restyles everything', async () => {
    const looks: object[] = [];
    for (const hostile of [false, true]) {
      stage = await browser.stage({ hostile });
      connected(stage);
      const client = stage.world.clientWrites();
      const page = await stage.open('seller-a');
      await openCard(page, client.id);
      const button = page.getByRole('button', { name: names.claim });
      looks.push(
        await button.evaluate(element => {
          const { color, font, letterSpacing, textTransform, display, backgroundColor } =
            getComputedStyle(element);
          const root = element.getRootNode();
          const host = root instanceof ShadowRoot ? root.host : element;
          const { transform } = getComputedStyle(host);
          return { color, font, letterSpacing, textTransform, display, backgroundColor, transform };
        }),
      );
      if (!hostile) await stage.close();
    }
    expect(looks[0]).toMatchObject({ font: expect.stringContaining('PT Sans'), transform: 'none' });
    expect(looks[1]).toEqual(looks[0]);
  });

  it('keeps unsaved roles when Escape closes their dialog, and leaves the CRM’s own window open', async () => {
    stage = await browser.stage();
    connected(stage);
    const page = await stage.open('office');
    await openSettings(page, names);
    const dialog = page.getByRole('dialog', { name: names.dialog });
    await page.getByRole('button', { name: names.select }).click();
    await giveRole(page, 'Вера Волкова', names.supervisor);
    // Nothing has the focus, as after a click on an empty area.
    await page.evaluate(() => document.activeElement instanceof HTMLElement && document.activeElement.blur());
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    expect(await page.getByRole('button', { name: names.nativeSave }).isVisible()).toBe(true);
    await page.getByRole('button', { name: 'Продолжить' }).click();
    await dialog.waitFor();
    const vera = await roleLine(page, 'Вера Волкова');
    expect(await vera.getByRole('radio', { name: names.supervisor }).isChecked()).toBe(true);
  });

  it('returns the focus to the button that opened the dialog', async () => {
    stage = await browser.stage();
    connected(stage);
    const page = await stage.open('office');
    await openSettings(page, names);
    const select = page.getByRole('button', { name: names.select });
    await select.click();
    await page.getByRole('dialog', { name: names.dialog }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog', { name: names.dialog }).waitFor({ state: 'detached' });
    expect(await select.evaluate(element => element.matches(':focus'))).toBe(true);
    expect(await page.getByRole('button', { name: names.nativeSave }).isVisible()).toBe(true);
  });
});
