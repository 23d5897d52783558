/** Host pages as they are met in the wild. On each of them an admin gives a role and a seller takes a client. */
import type { Page } from 'playwright';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import type { CrmContact } from '../world/crm.ts';
import { HEAD_OF_SALES, SELLER_A } from '../world/people.ts';
import { SALES_CHANNEL } from '../world/world.ts';
import { giveRole, NAMES, openCard, openSettings } from '../stories/office.ts';
import { connected } from '../stories/setting-up.ts';
import { stages, type Stage } from '../stories/stage.ts';

const names = NAMES.ru;
const VERA = 'Вера Волкова';
const browser = stages();
let stage: Stage;
let pages = 0;
afterEach(() => stage.close());
afterAll(() => {
  process.stdout.write(`Rough host pages: ${pages}\n`);
});

/** Runs in the page before any script of its own. */
type Rough = (() => void) | { readonly content: string };

const css = (rules: string): Rough => ({
  content: `addEventListener('DOMContentLoaded', () => {
    const style = document.createElement('style');
    style.textContent = ${JSON.stringify(rules)};
    document.head.append(style);
  });`,
});

function extendPrototypes(): void {
  Object.assign(Array.prototype, { last: () => undefined, contains: () => false });
  Object.assign(Object.prototype, { each: () => undefined, clone: () => ({}) });
  Object.assign(Function.prototype, { method: () => undefined });
  Object.assign(String.prototype, { strip: () => '' });
}

function replaceAsyncTools(): void {
  const Native = window.Promise;
  window.Promise = class Zone<T> extends Native<T> {};
  const { fetch: ask } = window;
  window.fetch = (...given) => ask(...given).then(answer => answer);
  const NativeXhr = window.XMLHttpRequest;
  window.XMLHttpRequest = class Watched extends NativeXhr {
    constructor() {
      super();
      this.addEventListener('loadend', () => undefined);
    }
  };
}

function stealFocus(): void {
  addEventListener('DOMContentLoaded', () => {
    const thief = document.createElement('input');
    thief.setAttribute('aria-label', 'thief');
    document.body.append(thief);
    setInterval(() => thief.focus(), 50);
    document.addEventListener('focusin', event => {
      if (event.target !== thief) thief.focus();
    });
  });
}

function stealKeys(): void {
  for (const type of ['keydown', 'keypress', 'keyup']) {
    for (const target of [window, document]) {
      target.addEventListener(
        type,
        event => {
          event.stopImmediatePropagation();
          event.preventDefault();
        },
        true,
      );
    }
  }
}

function warOfLayers(): void {
  addEventListener('DOMContentLoaded', () => {
    const chat = document.createElement('div');
    chat.style.cssText =
      'position:fixed;inset:auto 0 0 auto;width:80px;height:80px;z-index:2147483647;background:red';
    document.body.append(chat);
  });
}

const shiftClock = (days: number): Rough => ({
  content: `{
    const Native = Date;
    const shift = ${days} * 24 * 3600_000;
    window.Date = class extends Native {
      constructor(...given) {
        if (given.length === 0) super(Native.now() + shift);
        else super(...given);
      }
      static now() { return Native.now() + shift; }
    };
  }`,
});

const ROUGH: readonly (readonly [name: string, rough: Rough])[] = [
  ['resets everything with !important', css('* { all: unset !important }')],
  [
    'styles everything with !important',
    css(
      '* { font: 40px serif !important; float: right !important; color: red !important; position: static !important; animation: none !important; letter-spacing: 1em !important }',
    ),
  ],
  ['fights for the highest layer', warOfLayers],
  ['steals the focus', stealFocus],
  ['steals every key before anybody else', stealKeys],
  ['extends the prototypes of arrays, objects, functions and strings', extendPrototypes],
  ['replaces Promise, fetch and XMLHttpRequest', replaceAsyncTools],
  ['is zoomed to 150 %', css('html { zoom: 1.5 }')],
  ['runs on a computer whose clock is a day ahead', shiftClock(1)],
  ['runs on a computer whose clock is a day behind', shiftClock(-1)],
];

async function furnished(): Promise<CrmContact> {
  stage = await browser.stage();
  connected(stage);
  return stage.world.clientWrites();
}

async function roleIsGiven(admin: Page): Promise<void> {
  await openSettings(admin, names);
  await admin.getByRole('button', { name: names.select, exact: true }).click();
  await giveRole(admin, VERA, names.supervisor);
  await admin.getByRole('dialog', { name: names.dialog }).getByRole('button', { name: names.save }).click();
  await expect
    .poll(() => stage.world.chat.roleOf(String(HEAD_OF_SALES), SALES_CHANNEL)?.role)
    .toBe('manager');
}

async function clientIsTaken(seller: Page, client: CrmContact): Promise<void> {
  await openCard(seller, client.id);
  await seller.getByRole('button', { name: names.claim }).click();
  await seller.getByText(names.told).waitFor();
}

describe('a host page that', () => {
  it.each(ROUGH)('%s: a role is given, and a client taken', async (_name, rough) => {
    pages += 1;
    const client = await furnished();
    const admin = await stage.open('office');
    await admin.addInitScript(rough);
    await roleIsGiven(admin);
    const seller = await stage.open('seller-a');
    await seller.addInitScript(rough);
    await clientIsTaken(seller, client);
    expect(client.responsibleUserId).toBe(SELLER_A);
  });

  it('is in quirks mode: a role is given, and a client taken', async () => {
    pages += 1;
    const client = await furnished();
    const inQuirks = async (page: Page): Promise<void> => {
      await page.route(/localhost:\d+\/(settings|contacts)/, async route => {
        if (route.request().resourceType() !== 'document') return route.continue();
        const response = await route.fetch();
        await route.fulfill({ response, body: (await response.text()).replace('<!doctype html>', '') });
      });
    };
    const admin = await stage.open('office');
    await inQuirks(admin);
    await roleIsGiven(admin);
    expect(await admin.evaluate(() => document.compatMode)).toBe('BackCompat');
    const seller = await stage.open('seller-a');
    await inQuirks(seller);
    await clientIsTaken(seller, client);
    expect(client.responsibleUserId).toBe(SELLER_A);
  });
});

/** Calls what the CRM calls, at a time of the story's choosing. */
const call = (page: Page, callback: 'render' | 'destroy'): Promise<unknown> =>
  page.evaluate(`APP.widgets.list.crm_chat_roles.callbacks.${callback}()`);

const RUN_A_COPY = `{
  const first = APP.widgets.list.crm_chat_roles;
  const copy = new first.constructor();
  copy.set_lang(first.langs);
  copy.set_settings({ ...first.get_settings(), widget_code: 'a_copy' });
  copy.callbacks.render();
}`;

describe('a CRM that', () => {
  it('renders twice shows one panel, and the client is taken once', async () => {
    pages += 1;
    const client = await furnished();
    const seller = await stage.open('seller-a');
    await openCard(seller, client.id);
    await seller.getByRole('button', { name: names.claim }).waitFor();
    await call(seller, 'render');
    await expect.poll(() => seller.getByRole('button', { name: names.claim }).count()).toBe(1);
    await seller.getByRole('button', { name: names.claim }).click();
    await seller.getByText(names.told).waitFor();
    expect(stage.world.crm.ownerChanges.length).toBe(1);
  });

  it('runs two copies takes the client in either of them, and both say so', async () => {
    pages += 1;
    const client = await furnished();
    const seller = await stage.open('seller-a');
    await openCard(seller, client.id);
    await seller.getByRole('button', { name: names.claim }).waitFor();
    await seller.evaluate(RUN_A_COPY);
    await expect.poll(() => seller.getByRole('button', { name: names.claim }).count()).toBe(2);
    await seller.getByRole('button', { name: names.claim }).nth(1).click();
    await expect.poll(() => client.responsibleUserId).toBe(SELLER_A);
    await expect.poll(() => seller.getByText(names.mine).count()).toBeGreaterThan(0);
    expect(stage.world.crm.ownerChanges.length).toBe(1);
  });

  it('takes the panel away in the middle of a claim loses nothing of it', async () => {
    pages += 1;
    const client = await furnished();
    stage.world.disturbances.add(/^PATCH \/api\/v4\/contacts/, 'slow');
    const seller = await stage.open('seller-a');
    await openCard(seller, client.id);
    await seller.getByRole('button', { name: names.claim }).click();
    await expect
      .poll(() => stage.requests.some(({ method, url }) => method === 'PATCH' && url.includes('/contacts')))
      .toBe(true);
    await seller.evaluate(() => document.querySelector('#widgets_block')?.remove());
    await expect.poll(() => client.responsibleUserId).toBe(SELLER_A);
    await expect
      .poll(() => stage.world.chat.contacts.get(String(client.id))?.responsibleUserId)
      .toBe(String(SELLER_A));
    expect(stage.world.crm.ownerChanges.length).toBe(1);
  });

  it('destroys the widget in the middle of a save ends with the roles as they were or as they were meant', async () => {
    pages += 1;
    await furnished();
    const before = stage.world.chat.settings.userRoles;
    stage.world.disturbances.add(/^PATCH \/settings/, 'slow');
    const admin = await stage.open('office');
    await openSettings(admin, names);
    await admin.getByRole('button', { name: names.select, exact: true }).click();
    await giveRole(admin, VERA, names.supervisor);
    await admin.getByRole('dialog', { name: names.dialog }).getByRole('button', { name: names.save }).click();
    await expect
      .poll(() => stage.requests.some(({ method, url }) => method === 'PATCH' && url.endsWith('/settings')))
      .toBe(true);
    await call(admin, 'destroy');
    await admin.getByRole('dialog', { name: names.dialog }).waitFor({ state: 'detached' });
    await stage.world.clock.wait(3500);
    const after = stage.world.chat.settings.userRoles;
    expect(before.every(one => after.some(two => two.userId === one.userId && two.role === one.role))).toBe(
      true,
    );
    expect([undefined, 'manager']).toContain(
      stage.world.chat.roleOf(String(HEAD_OF_SALES), SALES_CHANNEL)?.role,
    );
  });
});
