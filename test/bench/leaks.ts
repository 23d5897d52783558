/** What stays behind: after many rounds of the same, the page holds as much as after few. */
import { NAMES } from '../stories/office.ts';
import type { Line } from './line.ts';
import { inOffice, type Bench, type Window } from './office.ts';
import type { Counts } from './probe.ts';
import { roundsIn, type Step } from './rounds.ts';
import { slope, type Point } from './statistics.ts';
import { OURS } from './ways.ts';

const part = 'leaks';
const names = NAMES.ru;
const ROW = '[data-employee]';
/** Bytes a round that a collector, which is free to keep what it likes, may keep. */
const HEAP_NOISE = 2048;
const WARM_UP = 5;
const MEASUREMENTS = 5;

export async function measureLeaks(bench: Bench): Promise<readonly Line[]> {
  return [
    ...(await dialogRounds(bench, 100)),
    ...(await cardSwitches(bench, 500)),
    ...(await claims(bench, 100)),
  ];
}

const dialogRounds = (bench: Bench, rounds: number): Promise<readonly Line[]> =>
  inOffice(bench.browser, { zip: bench.ours, size: 200 }, async office => {
    const window = await office.open('office', '');
    await OURS.openPanel(window.page);
    const steps: readonly Step[] = [
      { press: 'button', says: names.select, until: ROW, is: 'there' },
      { press: 'dialog button', says: names.cancel, until: ROW, is: 'gone' },
    ];
    return kept(window, `${rounds} times the dialog`, rounds, times => roundsIn(window.page, steps, times));
  });

const cardSwitches = (bench: Bench, rounds: number): Promise<readonly Line[]> =>
  inOffice(bench.browser, { zip: bench.ours }, async office => {
    const { id } = office.world.clientWrites();
    office.world.clientWrites();
    const window = await office.open('seller-a', `/contacts/detail/${id}`);
    await OURS.cardButton(window.page).waitFor();
    const steps: readonly Step[] = [{ press: 'a.step[href]', until: '.caption .button', is: 'another' }];
    return kept(window, `${rounds} card switches`, rounds, times => roundsIn(window.page, steps, times));
  });

/** Each time another client. */
const claims = (bench: Bench, rounds: number): Promise<readonly Line[]> =>
  inOffice(bench.browser, { zip: bench.ours }, async office => {
    const window = await office.open('seller-a', '');
    const { page } = window;
    return kept(window, `${rounds} claims`, rounds, async times => {
      for (let time = 0; time < times; time += 1) {
        await OURS.step(page, `/contacts/detail/${office.world.clientWrites().id}`);
        await OURS.cardButton(page).click();
        await page.getByText(OURS.told).first().waitFor();
      }
      // Not to the contacts: their list is longer by each new client.
      await OURS.step(page, '/leads');
    });
  });

async function kept(
  { probe }: Window,
  what: string,
  rounds: number,
  act: (times: number) => Promise<void>,
): Promise<readonly Line[]> {
  const at: Point[] = [];
  const counts: Counts[] = [];
  await act(WARM_UP);
  // Being measured for the first time costs a page more than twenty rounds do.
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
    // The CRM's page itself holds a few: an overlay, a trial of jQuery's.
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
      ours: Math.max(0, slope(at)),
      budget: { of: 'ours', most: HEAP_NOISE },
    },
  ];
}
