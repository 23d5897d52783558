/**
 * A person presses again at the same spot: after 200 ms, at any moment until the action is done, or many times in a row.
 * Nothing that appears under the pointer reverts the first press or starts another action.
 */
import type { Locator, Page } from 'playwright';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import ru from '../../locales/ru.json' with { type: 'json' };
import type { CrmContact } from '../world/crm.ts';
import { NOBODY, SELLER_A, SELLER_B } from '../world/people.ts';
import { NAMES, openCard } from '../support/crm-steps.ts';
import { connected } from '../support/setting-up.ts';
import { stages, type Stage } from '../support/browser-stage.ts';

const names = NAMES.ru;
const browser = stages();
let stage: Stage;
let client: CrmContact;
beforeEach(async () => {
  stage = await browser.stage();
  connected(stage);
  client = stage.world.clientWrites();
});
afterEach(() => stage.close());

/** The CRM's own width of the column; `npm run soak` tries a wide one too. */
const WIDTHS = process.env['SOAK'] === 'long' ? [250, 420] : [250];

function rule(claims: object): void {
  const { integration } = stage.world.crm;
  const own: object = JSON.parse(integration.fields['custom'] ?? '{}');
  integration.fields = { custom: JSON.stringify({ ...own, claims }) };
}
/** The client's card, with the CRM's right column at this width. */
async function card(width: number, isUnfolded: boolean): Promise<Page> {
  const page = await stage.open('seller-a');
  await page.addInitScript(inline => {
    addEventListener('DOMContentLoaded', () => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(`.card-widgets.js-widgets-active { flex-basis: ${inline}px !important }`);
      document.adoptedStyleSheets.push(sheet);
    });
  }, width);
  await openCard(page, client.id);
  if (!isUnfolded) return page;
  await page.locator('.crm-chat-roles-caption').click({ position: { x: 8, y: 8 } });
  await page.getByText(ru.claim.sees.title).waitFor();
  return page;
}
const button = (page: Page, name: string): Locator => page.getByRole('button', { name, exact: true });

/** Times of the further presses, in milliseconds after the first. */
const SOON = [60, 200, 450, 700, 1000, 1500];
/** Presses this button, and continues to press at the same spot. */
async function pressAndAgain(page: Page, at: Locator, again = SOON): Promise<void> {
  await at.waitFor();
  // Waits until nothing covers the button.
  await at.click({ trial: true });
  const { x, y, width, height } = (await at.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
  const spot = [x + width / 2, y + height / 2] as const;
  await page.mouse.click(...spot);
  let now = 0;
  for (const next of again) {
    await page.waitForTimeout(next - now);
    now = next;
    await page.mouse.click(...spot);
  }
}
/** All new owners, in order. */
const owners = (): readonly (number | null)[] => stage.world.crm.ownerChanges.map(({ after }) => after);
const tasks = () => [...stage.world.crm.tasks.values()];

describe.each(WIDTHS)('in a column of %i px', width => {
  it.each([
    ['folded', false],
    ['unfolded', true],
  ])('a client that is taken on a %s card stays taken', async (_, isUnfolded) => {
    const page = await card(width, isUnfolded);
    await pressAndAgain(page, button(page, names.claim));
    await page.getByText(names.told).waitFor();
    expect(owners()).toEqual([SELLER_A]);
  });

  it('a client that is taken with a reason stays taken', async () => {
    rule({ fromColleague: 'with-reason' });
    client.responsibleUserId = SELLER_B;
    const page = await card(width, true);
    await button(page, ru.claim.take).click();
    await page.getByLabel(ru.claim.reason).fill('Борис в отпуске');
    await pressAndAgain(page, button(page, ru.claim.take));
    await page.getByText(names.told).waitFor();
    expect(owners()).toEqual([SELLER_A]);
  });

  it.each([0, 500])(
    'a colleague’s client is not taken by presses on "Details" while it loads for %i ms',
    async away => {
      rule({ fromColleague: 'freely' });
      client.responsibleUserId = SELLER_B;
      const page = await card(width, false);
      await page.getByText('Отвечает: Борис Белов').first().waitFor();
      await page.evaluate(() => {
        const body = document.querySelector<HTMLElement>('.card-widgets__widget__body');
        if (body) body.style.display = '';
      });
      await page.route('**/seller-*', async route => {
        await new Promise(resolve => setTimeout(resolve, away));
        await route.continue();
      });
      const details = button(page, ru.card.details);
      await details.waitFor();
      const { x, y } = (await details.boundingBox()) ?? { x: 0, y: 0 };
      await page.mouse.click(x + 20, y + 12);
      for (let at = 0; at < 6; at += 1) {
        await page.waitForTimeout(150);
        await page.mouse.click(x + 20, y + 12);
      }
      expect(owners()).toEqual([]);
    },
  );

  it('a client that is released is not taken again', async () => {
    rule({ fromColleague: 'freely' });
    client.responsibleUserId = SELLER_A;
    const page = await card(width, true);
    await page.getByText(ru.claim.more, { exact: true }).click();
    await pressAndAgain(page, button(page, ru.claim.give.release));
    expect(owners()).toEqual([]);
    await pressAndAgain(page, page.locator('.button-primary', { hasText: ru.claim.give.release }));
    await page.getByText(ru.card.free).first().waitFor();
    expect(owners()).toEqual([NOBODY]);
  });

  it('a client that is handed over stays handed over', async () => {
    rule({ fromColleague: 'freely' });
    client.responsibleUserId = SELLER_A;
    const page = await card(width, true);
    await page.getByText(ru.claim.more, { exact: true }).click();
    await button(page, ru.claim.give.button).click();
    await page.getByLabel(ru.claim.give.to).selectOption({ label: 'Борис Белов' });
    await pressAndAgain(page, button(page, ru.claim.give.send));
    await page.getByText(ru.claim.give.given).waitFor();
    expect(owners()).toEqual([SELLER_B]);
  });

  it('a request for a client is sent once', async () => {
    rule({ fromColleague: 'never' });
    client.responsibleUserId = SELLER_B;
    const page = await card(width, true);
    await pressAndAgain(page, button(page, ru.claim.ask.button));
    expect(tasks()).toEqual([]);
    await pressAndAgain(page, button(page, ru.claim.ask.send));
    await page.getByText(/Вы попросили/).waitFor();
    expect(tasks().length).toBe(1);
    expect(owners()).toEqual([]);
  });

  it('only one of two requests from colleagues is refused', async () => {
    client.responsibleUserId = SELLER_A;
    for (const from of [SELLER_B, NOBODY])
      stage.world.crm.writeTask(from, {
        entityType: 'contacts',
        entityId: client.id,
        responsibleUserId: SELLER_A,
        text: 'x\n[crm-chat-roles:ask]',
        completeTill: Date.now() / 1000 + 3600,
      });
    const page = await card(width, true);
    // The guard runs on the page's time: on a busy machine the press after 350 ms would miss its 400 ms.
    const devTools = await page.context().newCDPSession(page);
    await devTools.send('Animation.enable');
    await devTools.send('Animation.setPlaybackRate', { playbackRate: 0.1 });
    // A later press may be meant for the next request.
    await pressAndAgain(page, button(page, ru.claim.ask.refuse).first(), [60, 200, 350]);
    expect(owners()).toEqual([]);
    expect(tasks().filter(({ isCompleted }) => isCompleted)).toHaveLength(1);
  });

  it('an undo stays undone, and a press on "Try again" undoes nothing', async () => {
    const page = await card(width, true);
    stage.world.disturbances.add(/^POST \/v3\/contacts/, 'server-error');
    await button(page, names.claim).click();
    await pressAndAgain(page, button(page, ru.claim.lookAgain));
    await page.getByText(names.told).waitFor();
    expect(owners()).toEqual([SELLER_A]);
    await pressAndAgain(page, button(page, ru.claim.undo));
    await page.getByText(ru.card.free).first().waitFor();
    expect(owners()).toEqual([SELLER_A, NOBODY]);
  });
});

it('clients that are taken from a list stay taken, and the result stays open', async () => {
  for (const [at, name] of ['Анна', 'Белла', 'Вика'].entries())
    stage.world.clientWrites({ name, phone: `+7 916 000-01-0${at}` });
  const page = await stage.open('seller-a');
  await page.goto(`${new URL(page.url()).origin}/contacts/list/contacts/`);
  for (const name of ['Анна', 'Белла', 'Вика'])
    await page.getByRole('checkbox', { name, exact: true }).check();
  await page.getByRole('toolbar').getByRole('button', { name: names.widget }).click();
  await pressAndAgain(page, page.getByRole('button', { name: /^Взять/ }));
  await page.getByText('Ваши: 3 из 3').waitFor();
  expect(owners()).toEqual([SELLER_A, SELLER_A, SELLER_A]);
});
