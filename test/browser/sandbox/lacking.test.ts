/** Everything that a widget uses and the sandbox lacks is listed on the page. */
import type { Browser } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { onStage, openBrowser } from '../../support/sandbox-page.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

describe('what the sandbox lacks', () => {
  it('is listed module by module, also where the widget handles failures itself', async () => {
    const behaviour = {
      render: "require(['lib/one', 'lib/two', 'moment'], () => {}, () => {}); return true;",
      locations: ['clist-1'],
    };
    await onStage(browser, { behaviour }, async ({ sandbox, open }) => {
      const page = await open('office');
      await page.getByText('What was asked for and the sandbox lacks: 2').waitFor();
      expect([...sandbox.lacking].sort()).toEqual(['module lib/one', 'module lib/two']);
    });
  });

  it('includes errors in a widget’s own callbacks', async () => {
    const behaviour = {
      render: `require(['jquery'], () => { APP.nothing.here(); });
        setTimeout(() => { $('body').absentPlugin(); }); return true;`,
      locations: ['clist-1'],
    };
    await onStage(browser, { behaviour }, async ({ sandbox, open }) => {
      await open('office');
      await expect
        .poll(() => [...sandbox.lacking].sort())
        .toEqual([
          'APP.nothing',
          expect.stringMatching(/^TypeError: .*here/),
          expect.stringMatching(/^crm_chat_roles: .*absentPlugin/),
        ]);
    });
  });

  it('includes requests that the API refuses', async () => {
    const behaviour = {
      render: "$.ajax('/api/v4/contacts/custom_fields'); fetch('/api/v4/leads?with=source'); return true;",
      locations: ['clist-1'],
    };
    await onStage(browser, { behaviour }, async ({ sandbox, open }) => {
      const page = await open('office');
      const list = page.getByRole('group').filter({ hasText: 'What was asked for' });
      await expect
        .poll(async () => (await list.getByRole('listitem').allTextContents()).sort())
        .toEqual(['GET /api/v4/contacts/custom_fields', 'GET /api/v4/leads?with=source']);
      sandbox.world.unhandledRequests.length = 0;
    });
  });

  it('does not include what a widget finds', async () => {
    const behaviour = {
      render: "APP.constant('user'); APP.constant('languages'); void APP.data.is_card; return true;",
    };
    await onStage(browser, { behaviour }, async ({ sandbox, open }) => {
      const { id } = sandbox.world.clientWrites();
      const page = await open('office', `contacts/detail/${id}`);
      await page.getByText('What was asked for and the sandbox lacks: 1').waitFor();
      expect([...sandbox.lacking]).toEqual(["APP.constant('languages')"]);
    });
  });
});
