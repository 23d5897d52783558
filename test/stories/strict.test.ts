/**
 * A CRM whose page allows scripts of its own host, but no inline scripts, no eval and no HTML from strings. The browser
 * reports each violation, and one report fails the story.
 */
import type { Page } from 'playwright';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SELLER_A } from '../world/people.ts';
import { giveRole, NAMES, openCard, openSettings, roleRow } from '../support/crm-steps.ts';
import { connected } from '../support/setting-up.ts';
import { stages, type Stage } from '../support/browser-stage.ts';

const names = NAMES.ru;
const browser = stages();
let stage: Stage;
beforeEach(async () => {
  stage = await browser.stage({ strict: true });
  connected(stage);
});
afterEach(() => stage.close());

/** Collects the browser's reports, from before the page's first script. */
async function watchPolicy(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const reports: string[] = [];
    Object.assign(window, { __reports: reports });
    document.addEventListener('securitypolicyviolation', event => {
      reports.push([event.effectiveDirective, event.blockedURI, event.sourceFile, event.sample].join(' '));
    });
  });
}
const reports = (page: Page): Promise<unknown> => page.evaluate(() => Reflect.get(window, '__reports'));

describe('on a strict page', () => {
  it('the panel, the dialog and the test of chats cause no violation', async () => {
    const admin = await stage.open('office');
    await watchPolicy(admin);
    await openSettings(admin, names);
    await admin.getByRole('button', { name: names.select }).click();
    await giveRole(admin, 'Вера Волкова', names.supervisor);
    await roleRow(admin, 'Вера Волкова').click();
    await admin.getByRole('dialog', { name: names.dialog }).getByRole('button', { name: names.save }).click();
    await admin.getByText(names.saved).waitFor();
    await admin.getByRole('dialog', { name: 'Готово, роли настроены' }).getByRole('textbox').fill('123');
    expect(await reports(admin)).toEqual([]);
  });

  it('the card causes no violation, also with names that need escaping', async () => {
    const owner = stage.world.crm.users.get(SELLER_A);
    if (owner) owner.name = 'R&D <Артём>';
    const client = stage.world.clientWrites();
    const seller = await stage.open('seller-a');
    await watchPolicy(seller);
    await openCard(seller, client.id);
    await seller.getByRole('button', { name: names.claim }).click();
    await seller.getByText(names.told).waitFor();
    expect(stage.world.crm.contacts.get(client.id)?.responsibleUserId).toBe(SELLER_A);

    const colleague = await stage.open('seller-b');
    await watchPolicy(colleague);
    await openCard(colleague, client.id);
    await colleague.getByText('Отвечает: R&D <Артём>').first().waitFor();
    expect([await reports(seller), await reports(colleague)]).toEqual([[], []]);
  });

  it('the list causes no violation', async () => {
    const client = stage.world.clientWrites();
    const seller = await stage.open('seller-a');
    await watchPolicy(seller);
    await seller.goto(`${new URL(seller.url()).origin}/contacts/list/contacts/`);
    await seller.getByRole('checkbox', { name: client.name, exact: true }).check();
    await seller.getByRole('toolbar').getByRole('button', { name: names.widget }).click();
    await seller.getByRole('button', { name: /^Взять/ }).click();
    await seller.getByRole('dialog').getByText('Ваш', { exact: true }).waitFor();
    expect(client.responsibleUserId).toBe(SELLER_A);
    expect(await reports(seller)).toEqual([]);
  });

  it('inline styles, eval and HTML from strings are reported as violations', async () => {
    const page = await stage.open('seller-a');
    await watchPolicy(page);
    await page.reload();
    const refused = await page.evaluate(() => {
      const attempts = [
        () => document.body.setAttribute('style', 'color:red'),
        () => {
          document.body.innerHTML = '<b>markup</b>';
        },
        () => new Image().setAttribute('src', 'https://evil.example/x'),
        () => new DOMParser().parseFromString('<b>markup</b>', 'text/html'),
      ];
      return attempts.map(attempt => {
        try {
          attempt();
          return 'done';
        } catch (error) {
          return error instanceof Error ? error.name : 'thrown';
        }
      });
    });
    expect(refused).toEqual(['done', 'TypeError', 'done', 'TypeError']);
    await expect.poll(() => reports(page)).toHaveLength(4);
    stage.forgive();
  });
});

describe('messages', () => {
  it('from other windows and frames are ignored', async () => {
    const client = stage.world.clientWrites();
    const page = await stage.open('seller-a');
    await page.addInitScript(() => {
      const heard: string[] = [];
      Object.assign(window, { __heard: heard });
      const { addEventListener } = EventTarget.prototype;
      EventTarget.prototype.addEventListener = function (this: EventTarget, type, ...rest) {
        const isOurs = (new Error('who asks').stack ?? '').includes('/crm_chat_roles/');
        if (type === 'message' && this === window && isOurs) heard.push(type);
        return addEventListener.call(this, type, ...rest);
      };
    });
    await openCard(page, client.id);
    await page.getByRole('button', { name: names.claim }).hover();
    await page.locator('.crm-chat-roles-caption').click({ position: { x: 8, y: 8 } });
    await page.getByText('Кто видит чаты этого клиента').waitFor();
    expect(await page.evaluate(() => [Reflect.get(window, '__heard'), window.onmessage])).toEqual([[], null]);

    const chats = page.frames().find(frame => new URL(frame.url()).hostname === 'chats.localhost');
    const asked = stage.requests.length;
    await chats?.evaluate(
      id => window.top?.postMessage({ type: 'claim', contactId: id, data: id }, '*'),
      String(client.id),
    );
    await page.evaluate(id => window.postMessage(id, '*'), String(client.id));
    await page.getByRole('button', { name: names.claim }).waitFor();
    expect(stage.requests.length).toBe(asked);
    expect(client.responsibleUserId).not.toBe(SELLER_A);
    expect(chats).toBeDefined();
  });
});
