/** The panel beside a record, in the emulated page of the CRM: its first calls, its requests, and all of its faces. */
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser } from '../../support/sandbox-page.ts';
import { ADMIN, NOBODY, SELLER_A, SELLER_B } from '../../world/people.ts';
import { framed } from './framed.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

const refusal = (status: number, error: string): Response => Response.json({ error }, { status });
const heard = (page: Page): Promise<readonly string[]> => page.evaluate(() => window.uiHost.calls);

describe('a panel beside a person', () => {
  it('reports to the CRM first, and asks our server once, with the CRM’s signed statement of the person', async () => {
    await framed(browser, async ({ company, open, panel, asked }) => {
      const { id } = company.addPerson({ name: 'Anna', ownerId: SELLER_B });
      const page = await open(`/person/${id}`);
      await panel(page).getByText('Responsible: Brian Bell').waitFor();
      const calls = await heard(page);
      expect(calls[0]).toBe('panel: initialize');
      expect(calls).toContain('panel: get_signed_token');
      expect(asked).toEqual([
        { route: `GET /page?resource=person&id=${id}`, token: expect.any(String), userId: SELLER_A },
      ]);
      expect(await page.evaluate(() => window.uiHost.complaints)).toEqual([]);
      expect(await page.evaluate(() => window.uiHost.lacking)).toEqual([]);
    });
  });

  it('offers a client whose owner is deactivated', async () => {
    await framed(browser, async ({ company, open, panel }) => {
      const { id } = company.addPerson({ name: 'Anna', ownerId: SELLER_B });
      company.changeUser(ADMIN, SELLER_B, { isActive: false });
      const page = await open(`/person/${id}`);
      await expect
        .poll(() => panel(page).getByRole('button', { name: 'I’m responsible' }).isVisible())
        .toBe(true);
    });
  });

  it('offers the client of a stand-in owner, even if the browser forbids the frame to store anything', async () => {
    await framed(browser, async ({ company, open, panel }) => {
      const { id } = company.addPerson({ name: 'Anna', ownerId: NOBODY });
      const forbid = `Object.defineProperty(window, 'localStorage', {
        get() { throw new DOMException('Access is denied for this document.', 'SecurityError'); },
      })`;
      const page = await open(`/person/${id}`, { before: one => one.addInitScript(forbid) });
      await expect
        .poll(() => panel(page).getByRole('button', { name: 'I’m responsible' }).isVisible())
        .toBe(true);
    });
  });

  it('shows the person of a deal beside that deal', async () => {
    await framed(browser, async ({ company, open, panel, asked }) => {
      const person = company.addPerson({ name: 'Anna', ownerId: SELLER_A });
      const deal = company.addDeal({ title: 'Doors', personId: person.id, ownerId: SELLER_A });
      const page = await open(`/deal/${deal.id}`);
      await panel(page).getByText('You are responsible').waitFor();
      expect(await panel(page).getByText('Anna', { exact: true }).isVisible()).toBe(true);
      expect(asked.map(one => one.route)).toEqual([`GET /page?resource=deal&id=${deal.id}`]);
    });
  });

  it('is as high as its content, and requests no height that the CRM does not allow', async () => {
    await framed(browser, async ({ company, open, panel }) => {
      const { id } = company.addPerson({ name: 'Anna', ownerId: SELLER_B });
      const page = await open(`/person/${id}`);
      await panel(page).getByText('Responsible: Brian Bell').waitFor();
      const heights = (): Promise<readonly (number | undefined)[]> =>
        Promise.all([
          page.locator('iframe').evaluate(frame => frame.clientHeight),
          panel(page)
            .locator('main')
            .evaluate(main => Math.max(100, Math.ceil(main.getBoundingClientRect().height))),
        ]);
      await expect.poll(async () => new Set(await heights()).size).toBe(1);
      expect(await page.evaluate(() => window.uiHost.complaints)).toEqual([]);
    });
  });

  it('has the CRM’s theme from the start and after each change', async () => {
    await framed(browser, async ({ company, open, panel }) => {
      const { id } = company.addPerson({ name: 'Anna', ownerId: SELLER_B });
      const page = await open(`/person/${id}?theme=dark`);
      const shown = panel(page).getByText('Responsible: Brian Bell');
      await shown.waitFor();
      const look = (): Promise<string> => shown.evaluate(one => getComputedStyle(one).color);
      const dark = await look();
      await page.getByRole('button', { name: 'Light theme' }).click();
      await expect.poll(look).not.toBe(dark);
      await page.getByRole('button', { name: 'Dark theme' }).click();
      await expect.poll(look).toBe(dark);
    });
  });

  it.each([
    ['ru', 'Отвечает: Brian Bell'],
    ['en', 'Responsible: Brian Bell'],
    ['es', 'Responsable: Brian Bell'],
    ['xx', 'Responsible: Brian Bell'],
  ])('speaks the language that the person has chosen in the CRM: %s', async (locale, sentence) => {
    await framed(
      browser,
      async ({ company, open, panel }) => {
        const { id } = company.addPerson({ name: 'Anna', ownerId: SELLER_B });
        const shown = panel(await open(`/person/${id}`)).getByText(sentence);
        await expect.poll(() => shown.isVisible()).toBe(true);
      },
      { locale },
    );
  });
});

describe('a panel without a client', () => {
  it.each([
    ['beside an organization', () => '/organization/7', 'Open a person or a deal'],
    ['beside a person who is hidden from me', () => '/person/7', 'deleted or is hidden'],
  ])('says why %s', async (_, path, sentence) => {
    await framed(browser, async ({ open, panel }) => {
      const shown = panel(await open(path())).getByText(sentence);
      await expect.poll(() => shown.isVisible()).toBe(true);
    });
  });

  it('sends no request to our server beside an organization', async () => {
    await framed(browser, async ({ open, panel, asked }) => {
      await panel(await open('/organization/7'))
        .getByText('Open a person or a deal')
        .waitFor();
      expect(asked).toEqual([]);
    });
  });

  it('says why beside a deal without a person', async () => {
    await framed(
      browser,
      async ({ open, panel }) => {
        const shown = panel(await open('/deal/7')).getByText('no contact person');
        await expect.poll(() => shown.isVisible()).toBe(true);
      },
      {
        answers: route =>
          route.startsWith('GET /page')
            ? Response.json({
                me: { id: 8002, name: 'Adam', isAdmin: false, phone: null },
                account: { id: 7, country: null, origin: 'https://acme.pipedrive.com' },
                locale: 'en',
                employees: [],
                client: { contactId: null, dealId: 7, name: null, ownerId: null },
                ownSettings: { version: '0', settings: null },
              })
            : undefined,
      },
    );
  });
});

describe('a panel that cannot begin', () => {
  it.each([
    ['this person has given no access', 403, 'GRANT_MISSING', 'One step left'],
    ['the person’s consent has ended', 403, 'CRM_NEEDS_REAUTH', 'One step left'],
    ['no employee has given access', 401, 'ACCOUNT_UNKNOWN', 'isn’t connected yet'],
  ])('leads to the consent page if %s, and continues afterwards', async (_, status, code, sentence) => {
    let isAllowed = false;
    await framed(
      browser,
      async ({ company, open, panel, origin }) => {
        const { id } = company.addPerson({ name: 'Anna', ownerId: SELLER_B });
        const page = await open(`/person/${id}`);
        await panel(page).getByText(sentence).waitFor();
        const link = panel(page).getByRole('link', { name: 'Allow access' });
        expect(await link.evaluate(one => [Reflect.get(one, 'href'), one.getAttribute('target')])).toEqual([
          `${origin('server.localhost')}/pipedrive/authorize`,
          '_blank',
        ]);
        isAllowed = true;
        await panel(page).getByRole('button', { name: 'I’ve allowed access' }).click();
        await panel(page).getByText('Responsible: Brian Bell').waitFor();
      },
      { answers: () => (isAllowed ? undefined : refusal(status, code)) },
    );
  });

  it('continues by itself when the person comes back from the consent page', async () => {
    let isAllowed = false;
    await framed(
      browser,
      async ({ company, open, panel }) => {
        const { id } = company.addPerson({ name: 'Anna', ownerId: SELLER_B });
        const page = await open(`/person/${id}`);
        await panel(page).getByText('One step left').waitFor();
        isAllowed = true;
        // In a headless browser all tabs count as visible, so the event of the return is sent here.
        await panel(page)
          .locator('main')
          .evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
        await expect.poll(() => panel(page).getByText('Responsible: Brian Bell').isVisible()).toBe(true);
      },
      { answers: () => (isAllowed ? undefined : refusal(403, 'GRANT_MISSING')) },
    );
  });

  it.each([
    ['the server is down', () => refusal(500, 'DATABASE_DOWN'), 'isn’t responding'],
    ['another server answers', () => new Response('<html>log in</html>'), 'isn’t responding'],
    ['the company’s budget is used up', () => refusal(429, 'CRM_BUDGET_GONE'), 'after midnight'],
    ['the CRM’s statement is refused', () => refusal(401, 'TOKEN_INVALID'), 'couldn’t verify'],
  ])('offers to try again if %s', async (_, answered, sentence) => {
    let isWell = false;
    await framed(
      browser,
      async ({ company, open, panel }) => {
        const { id } = company.addPerson({ name: 'Anna', ownerId: SELLER_B });
        const page = await open(`/person/${id}`);
        await panel(page).getByText(sentence).waitFor();
        isWell = true;
        await panel(page).getByRole('button', { name: 'Try again' }).click();
        await expect.poll(() => panel(page).getByText('Responsible: Brian Bell').isVisible()).toBe(true);
      },
      { answers: () => (isWell ? undefined : answered()) },
    );
  });

  it('asks the CRM once for a new statement when our server refuses the first one', async () => {
    await framed(
      browser,
      async ({ company, open, panel, asked }) => {
        const { id } = company.addPerson({ name: 'Anna', ownerId: SELLER_B });
        const page = await open(`/person/${id}`);
        await panel(page).getByText('Responsible: Brian Bell').waitFor();
        expect(asked).toHaveLength(2);
        const calls = await heard(page);
        expect(calls.filter(one => one.endsWith('get_signed_token'))).toHaveLength(2);
      },
      { answers: (_, times) => (times === 1 ? refusal(401, 'TOKEN_EXPIRED') : undefined) },
    );
  });
});
