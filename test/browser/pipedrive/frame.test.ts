/** All framed pages: a CRM that is silent or late, the keyboard, and screen readers. */
import type { Browser } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser } from '../../support/sandbox-page.ts';
import { ADMIN, SELLER_B } from '../../world/people.ts';
import { framed } from './framed.ts';
import { brokenInFrame } from '../../support/broken-rules.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

const OUTSIDE = 'works only inside the CRM';
const document = (body: string): Response =>
  new Response(`<!doctype html>${body}`, { headers: { 'content-type': 'text/html' } });
const FRAME = '/pipedrive/panel?id=abc&resource=person&selectedIds=101&theme=light';

describe('a framed page', () => {
  it('says within seconds that the CRM does not answer, and sends our server no request', async () => {
    await framed(
      browser,
      async ({ open, panel, asked }) => {
        const page = await open('/mute');
        await panel(page).getByText(OUTSIDE).waitFor({ timeout: 9000 });
        expect(asked).toEqual([]);
      },
      {
        documents: (path, server) =>
          path === '/mute' ? document(`<iframe src="${server}${FRAME}"></iframe>`) : undefined,
      },
    );
  });

  it('continues when the CRM answers late', async () => {
    // Delays the answer until the test has seen the message about the missing answer.
    const late = (server: string): string => `<iframe src="${server}${FRAME}"></iframe><script>
      const ports = [];
      let isOpen = false;
      const answer = ({ data: { payload }, ports: [port] }) =>
        port?.postMessage({ data: payload.command === 'get_signed_token' ? { token: window.signed } : undefined });
      addEventListener('message', event => (isOpen ? answer(event) : ports.push(event)));
      window.answerAll = () => { isOpen = true; ports.forEach(answer); };
    </script>`;
    await framed(
      browser,
      async ({ company, open, panel, origin }) => {
        company.addPerson({ name: 'Anna', ownerId: SELLER_B });
        const page = await open('/late');
        await panel(page).getByText(OUTSIDE).waitFor({ timeout: 9000 });
        const token = await page.request.get(`${origin('127.0.0.1')}/_page/token`, {
          headers: { host: new URL(page.url()).host },
        });
        const { token: signed } = await token.json();
        await page.evaluate(one => Reflect.set(window, 'signed', one), signed);
        await page.evaluate(() => Reflect.get(window, 'answerAll')());
        await expect.poll(() => panel(page).getByText('Responsible: Brian Bell').isVisible()).toBe(true);
      },
      { documents: (path, server) => (path === '/late' ? document(late(server)) : undefined) },
    );
  });

  it('says immediately that it is open outside the CRM, in a separate tab', async () => {
    await framed(browser, async ({ open, origin }) => {
      const page = await open('/organization/1');
      await page.goto(`${origin('server.localhost')}/pipedrive/panel`);
      await expect.poll(() => page.getByText(OUTSIDE).isVisible(), { timeout: 4000 }).toBe(true);
    });
  });
});

describe('a panel in its frame', () => {
  it('can be used by keyboard alone', async () => {
    await framed(
      browser,
      async ({ company, open, panel }) => {
        const { id } = company.addPerson({ name: 'Anna', ownerId: SELLER_B });
        const page = await open(`/person/${id}`);
        await panel(page).getByRole('button', { name: 'Try again' }).waitFor();
        await page.getByRole('button', { name: 'Chat roles' }).focus();
        await page.keyboard.press('Tab');
        await page.keyboard.press('Enter');
        await expect.poll(() => panel(page).getByText('Responsible: Brian Bell').isVisible()).toBe(true);
      },
      { answers: (_, times) => (times === 1 ? new Response(null, { status: 500 }) : undefined) },
    );
  });

  it.each(['light', 'dark'])('breaks no accessibility rule in the %s theme', async theme => {
    await framed(browser, async ({ company, open, panel }) => {
      const { id } = company.addPerson({ name: 'Anna', ownerId: SELLER_B });
      company.changeUser(ADMIN, SELLER_B, { isActive: false });
      const page = await open(`/person/${id}?theme=${theme}`);
      await panel(page).getByRole('button', { name: 'I’m responsible' }).waitFor();
      expect(await brokenInFrame(page)).toEqual([]);
    });
  });

  it('breaks no accessibility rule if it has no client to show', async () => {
    await framed(browser, async ({ open, panel }) => {
      const page = await open('/organization/1');
      await panel(page).getByText('Open a person or a deal').waitFor();
      expect(await brokenInFrame(page)).toEqual([]);
    });
  });

  it('is unchanged after it was folded and unfolded', async () => {
    await framed(browser, async ({ company, open, panel, asked }) => {
      const { id } = company.addPerson({ name: 'Anna', ownerId: SELLER_B });
      const page = await open(`/person/${id}`);
      const shown = panel(page).getByText('Responsible: Brian Bell');
      await shown.waitFor();
      const toggle = page.getByRole('button', { name: 'Chat roles' });
      await toggle.click();
      await shown.waitFor({ state: 'hidden' });
      await toggle.click();
      await shown.waitFor();
      expect(await panel(page).getByText('Brian Bell').count()).toBe(1);
      expect(asked).toHaveLength(1);
    });
  });
});
