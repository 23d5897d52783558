/**
 * Nothing of ours moves by itself: late content gets a place that was reserved for it, or one below everything. Every answer
 * is late here, so that the browser does not attribute a shift to a press.
 */
import type { Page } from 'playwright';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HEAD_OF_SALES, NOBODY, SELLER_A, SELLER_B } from '../world/people.ts';
import { NAMES, openCard, openSettings } from '../support/crm-steps.ts';
import { connected } from '../support/setting-up.ts';
import { stages, type Stage } from '../support/browser-stage.ts';

/** Longer than the half second after a press in which the browser ignores shifts. */
const LATE = 650;
const names = NAMES.ru;

declare global {
  interface Window {
    readonly shifts: () => readonly string[];
  }
}

const browser = stages();
let stage: Stage;
beforeEach(async () => {
  stage = await browser.stage({ size: 12 });
  connected(stage);
});
afterEach(() => stage.close());

type Shift = PerformanceEntry & {
  readonly hadRecentInput: boolean;
  readonly sources: readonly {
    /** For elements in a shadow tree the browser only reports the rectangles. */
    readonly node: Node | null;
    readonly previousRect: DOMRect;
    readonly currentRect: DOMRect;
  }[];
};

/** Opens a window that gets each answer late and records the shifts of our widget. */
async function watched(person: 'office' | 'seller-a'): Promise<Page> {
  const page = await stage.open(person);
  await page.addInitScript(() => {
    const shifts: string[] = [];
    const isShift = (entry: PerformanceEntry): entry is Shift => entry.entryType === 'layout-shift';
    const watch = (entries: PerformanceEntryList): void => {
      for (const entry of entries) {
        if (!isShift(entry)) continue;
        const { hadRecentInput, sources } = entry;
        const ours = sources.filter(({ node }) => !hadRecentInput && !(node instanceof Element));
        for (const { previousRect: was, currentRect: is } of ours)
          shifts.push(`${is.width} × ${is.height}: ${was.x}, ${was.y} → ${is.x}, ${is.y}`);
      }
    };
    const observer = new PerformanceObserver(list => watch(list.getEntries()));
    observer.observe({ type: 'layout-shift', buffered: true });
    const reported = (): readonly string[] => {
      watch(observer.takeRecords());
      return shifts;
    };
    Object.assign(window, { shifts: reported });
    // The CRM centres its window again when it grows, which would hide shifts inside of it.
    const still = new CSSStyleSheet();
    still.replaceSync('.modal-frame { margin-block-start: 0 !important }');
    document.adoptedStyleSheets.push(still);
  });
  const late = (): Promise<void> => stage.world.clock.wait(LATE);
  stage.world.disturbances.add(/ \/(api\/v4|ajax\/v2\/integrations|settings$|v3)/, late, Infinity);
  return page;
}

/** All shifts, once the last frame has been drawn. */
const shiftsOf = (page: Page): Promise<readonly string[]> =>
  page.evaluate(async () => {
    for (let frame = 0; frame < 3; frame += 1) await new Promise(requestAnimationFrame);
    return window.shifts();
  });

describe('nothing moves by itself', () => {
  it('while the settings load', async () => {
    stage.world.disturbances.add(/^GET \/api\/v4\/users/, 'slow');
    const page = await watched('office');
    await openSettings(page, names);
    await page.getByRole('button', { name: names.select }).waitFor();
    await page.getByText(/предупреждени/).waitFor();
    await page.getByLabel(names.standIn).waitFor();
    expect(await shiftsOf(page)).toEqual([]);
  });

  it('while the dialog loads', async () => {
    stage.world.disturbances.add(/^GET \/api\/v4\/users/, 'slow');
    const page = await watched('office');
    await openSettings(page, names);
    await page.getByRole('button', { name: names.select }).click();
    const dialog = page.getByRole('dialog', { name: names.dialog });
    await dialog.getByText(/Загружаем сотрудников/).waitFor();
    await dialog.getByRole('row').nth(1).waitFor();
    expect(await shiftsOf(page)).toEqual([]);
  });

  it.each([
    ["nobody's", NOBODY],
    ["the seller's own", SELLER_A],
    ["a colleague's", SELLER_B],
  ])('while the card of %s client is unfolded', async (_, owner) => {
    const client = stage.world.clientWrites();
    client.responsibleUserId = owner;
    stage.world.crm.addLead('Доставка', [client.id], NOBODY);
    stage.world.crm.addLead('Ремонт кофемашины', [client.id], HEAD_OF_SALES);
    const page = await watched('seller-a');
    await openCard(page, client.id);
    await page.locator('.crm-chat-roles-caption').click({ position: { x: 8, y: 8 } });
    await page.getByRole('link', { name: 'Ремонт кофемашины' }).waitFor();
    await page.getByText('Кто видит чаты этого клиента').waitFor();
    expect(await shiftsOf(page)).toEqual([]);
  });

  it('while the card learns that the seller has no role', async () => {
    stage.world.chat.settings = { ...stage.world.chat.settings, userRoles: [] };
    const client = stage.world.clientWrites();
    stage.world.crm.addLead('Ремонт кофемашины', [client.id], HEAD_OF_SALES);
    // The roles are known long before the deals.
    stage.world.disturbances.add(/^GET \/api\/v4\/leads/, () => stage.world.clock.wait(20 * LATE));
    const page = await watched('seller-a');
    await openCard(page, client.id);
    await page.locator('.crm-chat-roles-caption').click({ position: { x: 8, y: 8 } });
    await page.getByText('Загружаем сделки…').waitFor();
    await page.getByText(/взять клиента нельзя/).waitFor();
    expect(await shiftsOf(page)).toEqual([]);
  });

  it('while clients picked from the list are read and taken', async () => {
    const clients = ['Анна', 'Белла', 'Вика'];
    clients.forEach((name, at) => stage.world.clientWrites({ name, phone: `+7 916 000-01-0${at}` }));
    const page = await watched('seller-a');
    await page.goto(`${new URL(page.url()).origin}/contacts/list/contacts/`);
    for (const client of clients) await page.getByRole('checkbox', { name: client, exact: true }).check();
    await page.getByRole('toolbar').getByRole('button', { name: names.widget }).click();
    await page.getByText(/Узнаём, чьи/).waitFor();
    await page.getByRole('button', { name: 'Взять клиентов: 3' }).click();
    await page.getByText('Берём клиента…').first().waitFor();
    await page.getByText('Ваши: 3 из 3').waitFor();
    expect(await shiftsOf(page)).toEqual([]);
  });
});
