/** Leaks: after many rounds of the same, the page uses as much memory as after few. */
import { chromium } from 'playwright';
import { BROWSER_FLAGS, findBrowser } from '../run/browser.ts';
import { NAMES } from '../support/crm-steps.ts';
import type { Line } from './line.ts';
import { inOffice, type Bench, type Window } from './office.ts';
import type { Counts } from './probe.ts';
import { roundsIn, type Step } from './rounds.ts';
import { usualSlope, type Point } from './statistics.ts';
import { OURS } from './ways.ts';

const part = 'leaks';
const names = NAMES.ru;
const ROW = '[data-employee]';
/** Bytes per round that the garbage collector may keep. */
const HEAP_NOISE = 64;
const WARM_UP = 10;
/** A claim is kept for as long as its follow-up lasts. */
const CLAIMS_WARM_UP = 30;
/** The key of a claim that has not reached the server. */
const CLAIM_KEYS = 'crm-chat-roles:claims:';
const MEASUREMENTS = 10;
/**
 * Compiled code of functions that run often grows for hundreds of rounds, by kilobytes each, and would hide a leak. The
 * browser also drops code that has not run for a while and reads it again later. So this browser only interprets code,
 * and keeps what it has read.
 */
const INTERPRETED = '--js-flags=--no-opt --no-maglev --no-sparkplug --no-flush-bytecode';

export async function measureLeaks(given: Bench): Promise<readonly Line[]> {
  const browser = await chromium.launch({
    executablePath: findBrowser(),
    args: [...BROWSER_FLAGS, INTERPRETED],
  });
  const bench = { ...given, browser };
  try {
    return [
      ...(await dialogRounds(bench, 100)),
      ...(await cardSwitches(bench, 500)),
      ...(await claims(bench, 100)),
    ];
  } finally {
    await browser.close();
  }
}

const dialogRounds = (bench: Bench, rounds: number): Promise<readonly Line[]> =>
  inOffice(bench.browser, { zip: bench.ours, size: 200 }, async office => {
    const window = await office.open('office', '');
    await OURS.openPanel(window.page);
    const steps: readonly Step[] = [
      { press: 'button', says: names.select, until: ROW, is: 'there' },
      { press: 'dialog button', says: names.cancel, until: ROW, is: 'gone' },
    ];
    const act = (times: number): Promise<void> => roundsIn(window.page, steps, times);
    return kept(window, { what: `${rounds} times the dialog`, rounds, warmUp: WARM_UP }, act);
  });

const cardSwitches = (bench: Bench, rounds: number): Promise<readonly Line[]> =>
  inOffice(bench.browser, { zip: bench.ours }, async office => {
    const { id } = office.world.clientWrites();
    office.world.clientWrites();
    const window = await office.open('seller-a', `/contacts/detail/${id}`);
    await OURS.cardButton(window.page).waitFor();
    const steps: readonly Step[] = [{ press: 'a.step[href]', until: '.caption .button', is: 'another' }];
    const act = (times: number): Promise<void> => roundsIn(window.page, steps, times);
    return kept(window, { what: `${rounds} card switches`, rounds, warmUp: WARM_UP }, act);
  });

/** Claims another client each time. */
const claims = (bench: Bench, rounds: number): Promise<readonly Line[]> =>
  inOffice(bench.browser, { zip: bench.ours }, async office => {
    const window = await office.open('seller-a', '');
    const { page } = window;
    return kept(window, { what: `${rounds} claims`, rounds, warmUp: CLAIMS_WARM_UP }, async times => {
      for (let time = 0; time < times; time += 1) {
        await OURS.step(page, `/contacts/detail/${office.world.clientWrites().id}`);
        await OURS.cardButton(page).click();
        await page.getByText(OURS.told).first().waitFor();
      }
      // Not to the contacts: their list grows with each new client.
      await OURS.step(page, '/leads');
      // The page listens for a connection until all claims are reported.
      await page.waitForFunction(
        start => !Object.keys(localStorage).some(key => key.startsWith(start)),
        CLAIM_KEYS,
      );
    });
  });

async function kept(
  { probe }: Window,
  { what, rounds, warmUp }: { readonly what: string; readonly rounds: number; readonly warmUp: number },
  act: (times: number) => Promise<void>,
): Promise<readonly Line[]> {
  const at: Point[] = [];
  const counts: Counts[] = [];
  await act(warmUp);
  // The first measurement costs a page more than twenty rounds.
  await probe.counts();
  await act(WARM_UP);
  const detached = await probe.detached();
  const step = Math.max(1, Math.floor(rounds / MEASUREMENTS));
  for (let round = 0; round <= rounds; round += step) {
    const now = await probe.counts();
    counts.push(now);
    at.push([round, now.heap]);
    if (round < rounds) await act(step);
  }
  const [first, last] = [counts[0], counts.at(-1)];
  const more = (of: 'nodes' | 'listeners'): number =>
    Math.max(0, (last?.[of] ?? Number.NaN) - (first?.[of] ?? 0));
  const none = { of: 'ours', most: 0 } as const;
  return [
    // The CRM's page itself keeps a few: an overlay, an element of jQuery's feature tests.
    {
      part,
      what: `${what}: detached trees more`,
      unit: '',
      ours: Math.max(0, (await probe.detached()) - detached),
      budget: none,
    },
    { part, what: `${what}: nodes more`, unit: '', ours: more('nodes'), budget: none },
    { part, what: `${what}: listeners more`, unit: '', ours: more('listeners'), budget: none },
    {
      part,
      what: `${what}: heap a round`,
      unit: 'B',
      ours: Math.max(0, usualSlope(at)),
      budget: { of: 'ours', most: HEAP_NOISE },
    },
  ];
}
