/**
 * Every name is shown as text, whatever it contains: in every view, for every field that comes from outside. No script runs,
 * no request goes to a foreign host, and the layout stays intact.
 */
import type { Page } from 'playwright';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CORPUS, FAMILY_NAMES } from '../../support/hostile/corpus.ts';
import { fill, inField, templateOf, type Field, type Filled } from '../../support/hostile/fill.ts';
import { inspect, misquoted, setTrap, stretch } from '../../support/hostile/inspect.ts';
import type { Person } from '../../sandbox/sandbox.ts';
import { HEAD_OF_SALES } from '../../world/people.ts';
import { giveRole, NAMES, openCard, openSettings, reviewOf, saveReviewed } from '../../support/crm-steps.ts';
import { connected } from '../../support/setting-up.ts';
import { stages, type Stage } from '../../support/browser-stage.ts';

const names = NAMES.ru;
const browser = stages();
let stage: Stage;
let filled: Filled;
/** Requests and dialogs that do not come from our pages. */
let strange: string[];

beforeEach(async () => {
  stage = await browser.stage();
  connected(stage);
  filled = fill(stage.world);
  strange = [];
});
afterEach(async () => {
  await stage.close();
  expect(strange).toEqual([]);
});

const shown = new Map<Field, number>();
afterAll(() => {
  const sum = [...shown.values()].reduce((all, one) => all + one, 0);
  const each = [...shown].map(([field, count]) => `${field} ${count}`).join(', ');
  process.stdout.write(
    `Hostile strings: ${CORPUS.length} of ${FAMILY_NAMES.length} families × ${shown.size} fields = ${sum} shown as text (${each})\n`,
  );
});

async function opened(person: Person, options = {}): Promise<Page> {
  const page = await stage.open(person, options);
  await setTrap(page);
  page.on('request', request => {
    const { protocol, hostname } = new URL(request.url());
    const isOurs = protocol === 'http:' && /(^|\.)(crm|gateway|chats)\.localhost$/.test(hostname);
    if (!isOurs) strange.push(request.url());
  });
  page.on('dialog', dialog => {
    strange.push(dialog.message());
    void dialog.dismiss();
  });
  return page;
}

const CLEAN = { lost: [], foreign: [], outside: [], turned: [], ran: 0 };

/** What the view has made of these texts; each of them has to appear once the view is there. */
async function seen(page: Page, texts: readonly string[]): Promise<object> {
  const lost = async () => (await inspect(page, texts)).missing.map(at => texts[at]?.slice(0, 60));
  await expect.poll(lost).toEqual([]);
  const { foreign, outside, turned, ran } = await inspect(page, []);
  return { lost: [], foreign, outside, turned, ran };
}

/** The same, with all strings of these fields. */
async function looked(page: Page, ...fields: readonly Field[]): Promise<object> {
  const made = await seen(
    page,
    fields.flatMap(field => CORPUS.map(one => inField(field, one))),
  );
  fields.forEach(field => shown.set(field, CORPUS.length));
  return made;
}

/** Scrolls from top to bottom, because rows out of view are not drawn. */
async function lookedThrough(page: Page, ...fields: readonly Field[]): Promise<object> {
  const body = page.getByRole('dialog', { name: names.dialog }).locator('.dialog-body');
  const texts = fields.flatMap(field => CORPUS.map(one => inField(field, one)));
  let waiting = texts;
  let seenTo = -1;
  for (let top = 0; waiting.length > 0 && top > seenTo;) {
    const { missing } = await inspect(page, waiting);
    waiting = missing.flatMap(at => waiting[at] ?? []);
    seenTo = top;
    top = await body.evaluate(async element => {
      const frames = (): Promise<unknown> =>
        new Promise(resolve => {
          requestAnimationFrame(() => requestAnimationFrame(resolve));
        });
      element.scrollTop += element.clientHeight - 120;
      // Rows that are higher than estimated move the rows below them, until all visible ones are measured.
      for (let [now, before] = ['', 'new']; now !== before;) {
        before = now;
        await frames();
        now = `${element.scrollTop} of ${element.scrollHeight}`;
      }
      return element.scrollTop;
    });
  }
  fields.forEach(field => shown.set(field, CORPUS.length));
  return { ...(await looked(page)), lost: waiting.map(text => text.slice(0, 60)) };
}

const VERA = 'Вера Волкова';
const AUDITOR = 'Контроль качества';
const TALL = 6000;
const at = (width: number, height = 900) => ({ viewport: { width, height } });
const unfold = (page: Page) => page.locator('.crm-chat-roles-caption').click({ position: { x: 8, y: 8 } });
/** Templates with blanks that have to be filled are not offered. */
const BLANK = /\{\{.*?\}\}|\[\[.*?\]\]/;

describe('hostile names', { timeout: 240_000 }, () => {
  it('are text in the settings, and in the test of chats with its templates', async () => {
    const admin = await opened('office', at(700));
    await openSettings(admin, names);
    await admin.getByRole('button', { name: names.select, exact: true }).waitFor();
    expect(await looked(admin, 'channel')).toEqual(CLEAN);
    await admin.getByRole('button', { name: 'Протестировать чаты' }).click();
    const trial = admin.getByRole('dialog', { name: 'Протестировать чаты' });
    await trial.locator('select').first().selectOption('with-templates');
    const templates = trial.locator('select').nth(1);
    await templates.waitFor();
    expect(await looked(admin, 'template')).toEqual(CLEAN);
    const texts = CORPUS.map((one, at) => [templateOf(at), inField('template text', one)] as const).filter(
      ([, text]) => !BLANK.test(text),
    );
    expect(await misquoted(templates, texts)).toEqual([]);
    shown.set('template text', texts.length);
    await templates.selectOption(texts.find(([, text]) => text.length >= 10_000)?.[0] ?? '');
    expect(await looked(admin)).toEqual(CLEAN);
  });

  it.each([1440, 700])('are text in the dialog, in a window %i pixels wide', async width => {
    const admin = await opened('office', at(width, TALL));
    await openSettings(admin, names);
    await admin.getByRole('button', { name: names.select, exact: true }).click();
    const dialog = admin.getByRole('dialog', { name: names.dialog });
    await dialog.getByRole('row').nth(1).waitFor();
    await stretch(admin, TALL - 40);
    // So many channels are in a list, which is filled on focus.
    const list = dialog.getByRole('combobox', { name: /^Канал/ });
    await list.focus();
    expect(await list.locator('option').count()).toBe(stage.world.chat.channels.length + 1);
    await list.selectOption({ index: 1 });
    expect(await lookedThrough(admin, 'employee', 'group')).toEqual(CLEAN);
    await dialog.getByRole('button', { name: /^Фильтр/ }).click();
    // A long list of choices is filled on focus.
    await dialog.getByRole('combobox', { name: 'Группа' }).focus();
    expect(await looked(admin, 'group')).toEqual(CLEAN);
  });

  it('are text in the row of an employee with different roles, in the review and in conflicts', async () => {
    const admin = await opened('office', at(1440));
    await openSettings(admin, names);
    await admin.getByRole('button', { name: names.select, exact: true }).click();
    const dialog = admin.getByRole('dialog', { name: names.dialog });
    await dialog.getByRole('searchbox').fill('Артём');
    await expect.poll(() => dialog.getByRole('row').count()).toBe(2);
    await dialog.getByRole('row').nth(1).getByRole('button', { expanded: false }).click();
    expect(await lookedThrough(admin, 'channel')).toEqual(CLEAN);

    await dialog.getByRole('searchbox').fill(VERA);
    await giveRole(admin, VERA, AUDITOR);
    await dialog.getByRole('button', { name: /^Что изменится/ }).click();
    await reviewOf(admin, names).waitFor();
    expect(await looked(admin, 'channel')).toEqual(CLEAN);
    await admin.keyboard.press('Escape');

    const { settings, channels } = stage.world.chat;
    const changed = channels.map(({ channelId }) => ({
      channelId,
      userId: String(HEAD_OF_SALES),
      role: 'manager' as const,
      allowGetNewClients: false,
    }));
    stage.world.chat.settings = { ...settings, userRoles: [...settings.userRoles, ...changed] };
    await dialog.getByRole('button', { name: names.save, exact: true }).click();
    await reviewOf(admin, names)
      .or(dialog.getByRole('button', { name: 'Оставить мой вариант' }))
      .first()
      .waitFor();
    if (await reviewOf(admin, names).isVisible()) await saveReviewed(admin, names);
    await dialog.getByRole('button', { name: 'Оставить мой вариант' }).first().waitFor();
    expect(await looked(admin)).toEqual(CLEAN);
  });

  it('are text in the card of a contact', async () => {
    const seller = await opened('seller-a', at(1440));
    await openCard(seller, filled.client.id);
    await unfold(seller);
    await seller.getByText('Кто видит чаты этого клиента').evaluate(fold => {
      if (fold instanceof HTMLElement) fold.click();
    });
    expect(await looked(seller, 'deal', 'stage', 'task', 'employee', 'channel')).toEqual(CLEAN);
  });

  it('are text in the card of a deal', async () => {
    const seller = await opened('seller-a', at(1440));
    await seller.goto(`${new URL(seller.url()).origin}/leads/detail/${filled.deal.id}`);
    await unfold(seller);
    await seller.locator('.crm-chat-roles-body').hover();
    await seller.locator('.crm-chat-roles-body').getByRole('combobox').focus();
    expect(await looked(seller, 'contact')).toEqual(CLEAN);
  });

  it('are text in the list of clients that are taken together, fifty at a time', async () => {
    const seller = await opened('seller-a', at(1440));
    await seller.goto(`${new URL(seller.url()).origin}/contacts/list/contacts/`);
    await seller.getByRole('heading', { name: 'Контакты' }).waitFor();
    await seller.waitForFunction('APP.widgets.list.crm_chat_roles?.callbacks.contacts');
    for (let from = 0; from < CORPUS.length; from += 50) {
      const ids = filled.others.slice(from, from + 50).map(({ id }) => id);
      await seller.evaluate(`{
        const widget = APP.widgets.list.crm_chat_roles;
        widget.list_selected = () => ({ selected: ${JSON.stringify(ids)}.map(id => ({ id, type: 'contact' })) });
        widget.callbacks.contacts.selected();
      }`);
      await seller.getByRole('button', { name: `Взять клиентов: ${ids.length}` }).waitFor();
      const texts = CORPUS.slice(from, from + 50).map(one => inField('contact', one));
      expect(await seen(seller, texts)).toEqual(CLEAN);
      await seller.keyboard.press('Escape');
      await seller.getByRole('dialog').waitFor({ state: 'detached' });
    }
  });
});
