/** The surroundings of the CRM's page: people by host name, the chat window, and the gateway. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Browser, FrameLocator, Page } from 'playwright';
import type { Person } from '../../sandbox/sandbox.ts';
import { HEAD_OF_SALES, NOBODY, SELLER_A, SELLER_B } from '../../world/people.ts';
import { SALES_CHANNEL } from '../../world/world.ts';
import { onStage, openBrowser, type CrmPage } from '../../support/sandbox-page.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

const chats = (page: Page): FrameLocator => page.frameLocator('iframe[title="Chats"]');
const me = (page: Page): Promise<unknown> =>
  page.evaluate(() => Reflect.get(Object(window.APP.constant('user')), 'id'));

describe('people', () => {
  it('are chosen by the host name, each with their own session', async () => {
    await onStage(browser, {}, async ({ open }) => {
      expect(await me(await open('seller-a'))).toBe(SELLER_A);
      expect(await me(await open('seller-b'))).toBe(SELLER_B);
    });
  });

  it('can be changed in the header', async () => {
    await onStage(browser, {}, async ({ open }) => {
      const page = await open('office');
      await page.getByRole('button', { name: /Olivia Cole/ }).click();
      await page.getByRole('button', { name: 'Vera Wood' }).click();
      await page.waitForURL('**/');
      await expect.poll(() => me(page)).toBe(HEAD_OF_SALES);
    });
  });

  it('are shown side by side in one window, both logged in', async () => {
    await onStage(browser, {}, async ({ open }) => {
      const page = await open('office', 'side-by-side');
      const halves = ['seller-a', 'seller-b'].map(title => page.frameLocator(`iframe[title="${title}"]`));
      for (const half of halves) await half.getByRole('heading', { name: 'Contacts' }).waitFor();
      const names = halves.map(half => half.locator('.tool__name').textContent());
      expect(await Promise.all(names)).toEqual(['Adam Archer', 'Brian Bell']);
    });
  });
});

describe('the chat window', () => {
  it('says that the person has no role', async () => {
    await onStage(browser, {}, async ({ sandbox, open }) => {
      sandbox.world.clientWrites();
      const window = chats(await open('seller-a'));
      await window.getByText('No access to chats').waitFor();
      expect(await window.getByText('Anna Smith').count()).toBe(0);
    });
  });

  it('lets a seller answer, and removes the chat when a colleague becomes responsible', async () => {
    await onStage(browser, {}, async ({ sandbox, open }) => {
      const { world } = sandbox;
      const userId = String(SELLER_A);
      const role = { channelId: SALES_CHANNEL, userId, role: 'seller' as const, allowGetNewClients: true };
      world.chat.settings = { ...world.chat.settings, userRoles: [role] };
      world.clientWrites();
      const window = chats(await open('seller-a'));
      await window.getByRole('listitem').filter({ hasText: 'Anna Smith' }).getByRole('button').click();
      await window.getByRole('textbox', { name: 'Message' }).fill('Good morning');
      await window.getByRole('button', { name: 'Send' }).click();
      await window.getByRole('listitem').filter({ hasText: 'Good morning' }).first().waitFor();

      const [thread] = world.chat.threads;
      world.chat.contacts.set('1', {
        id: '1',
        name: 'Anna Smith',
        responsibleUserId: String(SELLER_B),
        contactData: thread ? [{ chatType: thread.chatType, chatId: thread.chatId }] : [],
      });
      world.changed();
      await window.getByText('You no longer see this chat').waitFor();
      expect(await window.getByText('Anna Smith').count()).toBe(0);
    });
  });
});

type Asked = { readonly status: number; readonly etag: string };

/** Sends a request as a widget does, with a one-time token. Status 0: no answer. */
const askGateway = (page: Page, address: string, patch?: { body: object; etag: string }): Promise<Asked> =>
  page.evaluate(
    async ([url, change]) => {
      const uuid = String(window.APP.widgets.list['crm_chat_roles']?.params?.oauth_client_uuid);
      const proof = await fetch(`/ajax/v2/integrations/${uuid}/disposable_token`, {
        headers: { 'X-Requested-With': 'XMLHttpRequest' },
      });
      const { token } = await proof.json();
      const asked = change && {
        method: 'PATCH',
        body: JSON.stringify(change.body),
        headers: { 'X-Auth-Token': token, 'If-Match': change.etag, 'Content-Type': 'application/json' },
      };
      try {
        const { status, headers } = await fetch(url, asked ?? { headers: { 'X-Auth-Token': token } });
        return { status, etag: headers.get('ETag') ?? '' };
      } catch {
        return { status: 0, etag: '' };
      }
    },
    [address, patch] as const,
  );

/** Opens a card with the probe running in it. */
async function openCard({ sandbox, open, calls }: CrmPage, person: Person): Promise<Page> {
  sandbox.connect();
  const page = await open(person, `contacts/detail/${sandbox.world.clientWrites().id}`);
  await expect.poll(() => calls(page)).toContain('bind_actions');
  return page;
}

const arrange = (page: Page, name: string): Promise<unknown> =>
  page.evaluate(async accident => {
    await fetch('/_stage/accident', { method: 'POST', body: JSON.stringify({ name: accident }) });
  }, name);

describe('the gateway', () => {
  it('answers the page across origins, and its requests are recorded', async () => {
    await onStage(browser, {}, async stage => {
      const { sandbox } = stage;
      const page = await openCard(stage, 'seller-a');
      expect(await askGateway(page, `${sandbox.gatewayAddress}/v3/channels`)).toMatchObject({ status: 200 });
      expect(sandbox.requests.filter(({ to }) => to !== 'crm')).toEqual([
        { person: SELLER_A, to: 'gateway', method: 'GET', url: `${sandbox.gatewayAddress}/v3/channels` },
        { person: undefined, to: 'wazzup', method: 'GET', url: 'https://api.wazzup24.com/v3/channels' },
      ]);
    });
  });

  it('is down until accidents are cancelled', async () => {
    await onStage(browser, {}, async stage => {
      const page = await openCard(stage, 'seller-a');
      const address = `${stage.sandbox.gatewayAddress}/v3/channels`;
      await arrange(page, 'gateway-down');
      expect(await askGateway(page, address)).toMatchObject({ status: 0 });
      stage.sandbox.world.disturbances.clear();
      expect(await askGateway(page, address)).toMatchObject({ status: 200 });
    });
  });

  it('refuses a token that has expired on its way', async () => {
    await onStage(browser, {}, async stage => {
      const page = await openCard(stage, 'seller-a');
      await arrange(page, 'token-expired');
      const address = `${stage.sandbox.gatewayAddress}/v3/channels`;
      expect(await askGateway(page, address)).toMatchObject({ status: 401 });
      expect(await askGateway(page, address)).toMatchObject({ status: 200 });
    });
  });

  it('refuses roles when another admin has saved meanwhile', async () => {
    await onStage(browser, {}, async stage => {
      const page = await openCard(stage, 'office');
      const address = `${stage.sandbox.gatewayAddress}/settings`;
      const { etag } = await askGateway(page, address);
      await arrange(page, 'roles-saved-meanwhile');
      expect(await askGateway(page, address, { body: { userRoles: [] }, etag })).toMatchObject({
        status: 412,
      });
    });
  });
});

describe('the accident of a faster colleague', () => {
  it('takes the contact of the claim just before it', async () => {
    await onStage(browser, {}, async stage => {
      const { crm } = stage.sandbox.world;
      const page = await openCard(stage, 'seller-a');
      await arrange(page, 'colleague-faster');
      await page.evaluate(
        ([contactId, responsible]) =>
          fetch(`/api/v4/contacts/${contactId}`, {
            method: 'PATCH',
            headers: { 'Content-Type': 'application/json', 'X-Requested-With': 'XMLHttpRequest' },
            body: JSON.stringify({ responsible_user_id: responsible }),
          }),
        [crm.contacts.keys().next().value ?? 0, SELLER_A] as const,
      );
      expect(crm.ownerChanges.map(({ before, after }) => [before, after])).toEqual([
        [NOBODY, SELLER_B],
        [SELLER_B, SELLER_A],
      ]);
    });
  });
});
