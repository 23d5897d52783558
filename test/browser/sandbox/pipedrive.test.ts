/** The emulated Pipedrive with the real server beside it, as `npm run sandbox -- --brand pipedrive` opens it. */
import type { Browser } from 'playwright';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { pageFilesIn } from '../../../server/node/page-files.ts';
import { pressUninstall, sendUninstall } from '../../mocks/pipedrive/callbacks.ts';
import { startPipedriveSandbox, type PipedriveSandbox } from '../../sandbox/pipedrive/sandbox.ts';
import { openBrowser } from '../../support/sandbox-page.ts';
import { stageDatabase } from '../../support/stage-database.ts';
import { ADMIN, NOBODY, SELLER_A, SELLER_B } from '../../world/people.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

async function within(
  options: { readonly ready?: boolean },
  act: (sandbox: PipedriveSandbox) => Promise<void>,
): Promise<void> {
  const sandbox = await startPipedriveSandbox({
    files: pageFilesIn(inject('pagesFolder')),
    database: await stageDatabase(),
    ...options,
  });
  try {
    await act(sandbox);
    expect(sandbox.world.unhandledRequests).toEqual([]);
  } finally {
    await sandbox.close();
  }
}

describe('a person who allows the app', () => {
  it('is sent to Pipedrive, confirms there as themselves, and returns to the CRM', async () => {
    await within({}, async ({ addressOf, settingsOf, gatewayAddress, company, ask }) => {
      const page = await browser.newPage();
      await page.goto(settingsOf('seller-a'));
      await page.goto(`${gatewayAddress}/pipedrive/authorize`);
      await page.getByRole('button', { name: 'Allow and install' }).click();
      await page.waitForURL(settingsOf('seller-a'));
      expect(page.url()).toContain(addressOf('seller-a'));
      const answered = await ask(SELLER_A, 'GET /page');
      expect((await answered.json()).me).toMatchObject({ id: String(SELLER_A), isAdmin: false });
      expect(company.users.size).toBe(5);
      await page.close();
    });
  });

  it('is asked to log in when they are not logged in', async () => {
    await within({}, async ({ gatewayAddress }) => {
      const context = await browser.newContext();
      const page = await context.newPage();
      const asked = await page.goto(`${gatewayAddress}/pipedrive/authorize`);
      expect([asked?.status(), await asked?.text()]).toEqual([
        401,
        expect.stringContaining('Log in to Pipedrive first'),
      ]);
      await context.close();
    });
  });
});

describe('a sandbox started with --ready', () => {
  it('knows its people, the client who has written, and the chat roles', async () => {
    await within({ ready: true }, async ({ company, ask, world }) => {
      const [person] = [...company.persons.values()];
      const answered = await ask(SELLER_A, `GET /page?resource=person&id=${person?.id}`);
      expect(await answered.json()).toMatchObject({
        me: { id: String(SELLER_A), isAdmin: false },
        account: { id: String(company.id) },
        client: { contactId: String(person?.id), ownerId: String(NOBODY) },
      });
      expect(world.chat.threadsOf(String(SELLER_A))).toHaveLength(1);
      expect((await ask(ADMIN, 'GET /own-settings')).headers.get('ETag')).toBe('"1"');
    });
  });

  it('shows our panel beside the client, with answers of the real server', async () => {
    await within({ ready: true }, async ({ company, addressOf, gatewayAddress, requests }) => {
      const [{ id } = { id: 0 }] = company.persons.values();
      const page = await browser.newPage();
      await page.goto(`${addressOf('seller-a')}/person/${id}`);
      const panel = page.frameLocator('iframe');
      await panel
        .getByText(/responsible/i)
        .first()
        .waitFor();
      const asked = requests.filter(one => one.to === 'gateway').map(({ person, url }) => [person, url]);
      const address = `${gatewayAddress}/pipedrive/api/page?resource=person&id=${id}`;
      expect(asked).toContainEqual([SELLER_A, address]);
      await page.close();
    });
  });

  it('ends access after an uninstall, and ignores a forged one', async () => {
    await within({ ready: true }, async ({ world, company, ask }) => {
      const [{ id } = { id: 0 }] = company.persons.values();
      const statuses = async () =>
        Promise.all(
          [SELLER_A, SELLER_B].map(
            async who => (await ask(who, `GET /page?resource=person&id=${id}`)).status,
          ),
        );
      expect(await sendUninstall(world, company, SELLER_B, { authorization: 'Basic eDp5' })).toBe(401);
      expect(await statuses()).toEqual([200, 200]);
      await pressUninstall(world, company, SELLER_B);
      expect(company.calls.all.map(({ outcome }) => outcome)).toEqual([200]);
      await expect.poll(statuses).toEqual([200, 403]);
    });
  });

  it('follows the company: the new owner of the client sees the chat', async () => {
    await within({ ready: true }, async ({ company, world, ask, follow }) => {
      await follow();
      expect(company.webhooks.all().map(({ eventObject }) => eventObject)).toEqual([
        'person',
        'deal',
        'user',
      ]);
      const [{ id } = { id: 0 }] = company.persons.values();
      company.assignPerson(ADMIN, id, SELLER_A);
      // The page notifies the server, and from then on the client is in the chat service.
      await ask(ADMIN, 'POST /clients/changed', { contact: String(id) });
      company.assignPerson(ADMIN, id, SELLER_B);
      await world.settled();
      const seen = () => [SELLER_A, SELLER_B].map(id => world.chat.threadsOf(String(id)).length);
      await expect.poll(seen, { timeout: 15_000 }).toEqual([0, 1]);
    });
  });
});
