/** The cost of each action in an open dialog, as a median of many. */
import type { JSHandle, Locator, Page } from 'playwright';
import type { DialogWays } from './dialog-ways.ts';
import type { Probe } from './probe.ts';
import { median } from './statistics.ts';

export const DEEDS = [
  'open',
  'key stroke',
  'later key stroke',
  'sort',
  'set one',
  'set all found',
  'undo all',
  'review',
  'merge',
  'scroll, a frame',
  'frames of work too long',
  'dropped frames',
  'heap',
] as const;
export type Deed = (typeof DEEDS)[number];
/** Milliseconds; heap in megabytes; of sixty frames, all that were dropped and those that our own work delays. */
export type Costs = Partial<Record<Deed, number>>;

const TYPED = 'а в о р е'.split(' ');
const FRAMES = 60;
export const FRAME_MS = 1000 / FRAMES;
const SCROLLS = 3;
const MEGABYTE = 2 ** 20;

/** Slow actions are measured less often. */
const roundsFor = (milliseconds: number): number => (milliseconds > 1500 ? 2 : milliseconds > 300 ? 5 : 15);

export type MeasuredDialog = {
  /** Opens and closes it repeatedly, and leaves it open. */
  readonly opening: () => Promise<number>;
  readonly keyStroke: () => Promise<number>;
  /** Types another letter after the first. */
  readonly laterKeyStroke: () => Promise<number>;
  /** Reverts it at the end. */
  readonly setOne: () => Promise<number>;
  readonly all: () => Promise<Costs>;
};

/** Measures an open dialog. `meanwhile`: another admin changes a role. */
export async function measuredDialog(
  page: Page,
  probe: Probe,
  ways: DialogWays,
  meanwhile: () => void = () => undefined,
): Promise<MeasuredDialog> {
  const root = await rootOf(page, ways);
  const areRows = (wanted: boolean): Promise<unknown> =>
    page.waitForFunction(
      ([within, rows, wanted]) => (within.querySelector(rows) !== null) === wanted,
      [root, ways.rows, wanted] as const,
      { timeout: 120_000 },
    );
  const press = async ({ x, y }: Spot): Promise<void> => page.mouse.click(x, y);
  /** Presses Save, which finds a list that another admin has changed, and merges both. */
  const merge = async (save: Spot, contested: string): Promise<void> => {
    await press(save);
    await page.waitForFunction(
      ([within, contested]) => within.querySelector(contested) !== null,
      [root, contested] as const,
      { timeout: 120_000 },
    );
  };
  const close = async (): Promise<void> => {
    await press(await spotOf(ways.close(page)));
    await areRows(false);
  };

  const opening = async (): Promise<number> => {
    await close();
    const select = await spotOf(ways.select(page));
    const open = async (): Promise<void> => {
      await press(select);
      await areRows(true);
    };
    const cost = await repeated(async () => {
      const work = await probe.cost(open);
      await close();
      return work;
    });
    await open();
    return cost;
  };
  const heap = async (): Promise<number> => {
    const open = (await probe.counts()).heap;
    await close();
    const closed = (await probe.counts()).heap;
    await press(await spotOf(ways.select(page)));
    await areRows(true);
    return Math.max(0, open - closed) / MEGABYTE;
  };
  const keyStroke = async (before = ''): Promise<number> => {
    await press(await spotOf(ways.search(page)));
    await page.keyboard.insertText(before);
    let stroke = 0;
    const cost = await repeated(async () => {
      const letter = TYPED[stroke % TYPED.length] ?? '';
      stroke += 1;
      const work = await probe.cost(() => page.keyboard.insertText(letter));
      await page.keyboard.press('Backspace');
      return work;
    });
    for (const _ of before) await page.keyboard.press('Backspace');
    return cost;
  };
  const laterKeyStroke = (): Promise<number> => keyStroke('а');
  const setOne = async (): Promise<number> => {
    await ways.unfold?.(page);
    const [one, other] = ways.roles(page);
    const roles = [await spotOf(one), await spotOf(other)] as const;
    let edits = 0;
    const cost = await repeated(async () => {
      edits += 1;
      return probe.cost(() => press(roles[edits % 2 === 0 ? 0 : 1]));
    });
    await press(await spotOf(ways.undoAll(page)));
    return cost;
  };
  const sort = async (): Promise<Costs> => {
    const list = await ways.order(page);
    if (!list) return {};
    let turn = 0;
    const cost = await repeated(async () => {
      const order = ways.orders[turn % ways.orders.length] ?? '';
      turn += 1;
      const chosen = await list.elementHandle();
      return probe.cost(async () => chosen?.selectOption(order));
    });
    return { sort: cost };
  };
  return {
    opening,
    keyStroke: () => keyStroke(),
    laterKeyStroke,
    setOne,
    async all() {
      const open = await opening();
      const scroll = (): Promise<number> => scrolled(page, root, ways.scroller);
      const top = (): Promise<void> => root.evaluate(toTop, ways.scroller);
      await top();
      const frames = await probe.cost(scroll);
      const dropped: number[] = [];
      const tooLong: number[] = [];
      for (let round = 0; round < SCROLLS; round += 1) {
        await top();
        dropped.push(await scroll());
        await top();
        tooLong.push((await probe.tasks(scroll)).filter(task => task > FRAME_MS).length);
      }
      return {
        open,
        heap: await heap(),
        'scroll, a frame': frames / FRAMES,
        'frames of work too long': median(tooLong),
        'dropped frames': median(dropped),
        'key stroke': await keyStroke(),
        'later key stroke': await laterKeyStroke(),
        'set one': await setOne(),
        ...(await allAtOnce(page, probe, ways, { press, merge, meanwhile })),
        ...(await sort()),
      };
    },
  };
}

/** Sets everybody's role, opens the review, meets another admin's changes, and reverts all of it. */
async function allAtOnce(
  page: Page,
  probe: Probe,
  ways: DialogWays,
  {
    press,
    merge,
    meanwhile,
  }: {
    readonly press: (spot: Spot) => Promise<void>;
    readonly merge: (save: Spot, contested: string) => Promise<void>;
    readonly meanwhile: () => void;
  },
): Promise<Costs> {
  const reviews: number[] = [];
  const merges: number[] = [];
  const undos: number[] = [];
  const setAll = await repeated(async () => {
    let work = 0;
    for (const step of ways.setAll(page)) {
      const spot = await spotOf(step);
      work += await probe.cost(() => press(spot));
    }
    if (ways.review && ways.contested) {
      const { contested } = ways;
      const { open, save } = ways.review(page);
      const spot = await spotOf(open);
      reviews.push(await probe.cost(() => press(spot)));
      meanwhile();
      const saving = await spotOf(save);
      merges.push(await probe.cost(() => merge(saving, contested)));
    }
    const undo = await spotOf(ways.undoAll(page));
    undos.push(await probe.cost(() => press(undo)));
    // An undo keeps the ticks, so they are removed before the next round.
    const [tick, ...rest] = ways.setAll(page);
    if (rest.length > 0) await tick?.click();
    return work;
  });
  return {
    'set all found': setAll,
    'undo all': median(undos),
    ...(reviews.length > 0 ? { review: median(reviews), merge: median(merges) } : {}),
  };
}

async function repeated(measure: () => Promise<number>): Promise<number> {
  const first = await measure();
  const values = [first];
  while (values.length < roundsFor(first)) values.push(await measure());
  return median(values);
}

type Spot = { readonly x: number; readonly y: number };

/** The middle of an element. */
async function spotOf(locator: Locator): Promise<Spot> {
  await locator.scrollIntoViewIfNeeded();
  const box = await locator.boundingBox();
  if (!box) throw new Error(`${locator.toString()} is not on the screen`);
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

/** The document, or the shadow root that contains the rows. */
const rootOf = (page: Page, { rows }: DialogWays): Promise<JSHandle<ParentNode>> =>
  page.evaluateHandle((wanted): ParentNode => {
    const roots = [document, ...[...document.querySelectorAll('*')].flatMap(one => one.shadowRoot ?? [])];
    return roots.find(root => root.querySelector(wanted)) ?? document;
  }, rows);

/** Runs in the page. A jump draws all visible rows at once and must be over before the scrolling begins. */
const toTop = (within: ParentNode, scroller: string): Promise<void> =>
  new Promise(resolve => {
    within.querySelector(scroller)?.scrollTo(0, 0);
    requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(resolve)));
  });

/** Scrolls for sixty frames, two rows each. Returns how many of them were late. */
const scrolled = (page: Page, root: JSHandle<ParentNode>, scroller: string): Promise<number> =>
  page.evaluate(
    ([within, wanted, frames]) =>
      new Promise<number>(resolve => {
        const box = within.querySelector(wanted);
        let [frame, late, last] = [0, 0, performance.now()];
        const next = (now: number): void => {
          if (frame > 0 && now - last > 25) late += 1;
          last = now;
          frame += 1;
          if (frame > frames) resolve(late);
          else {
            box?.scrollBy(0, 120);
            requestAnimationFrame(next);
          }
        };
        requestAnimationFrame(next);
      }),
    [root, scroller, FRAMES] as const,
  );
