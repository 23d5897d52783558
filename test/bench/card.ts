/** What the widget costs everyone who opens a card and presses nothing. */
import type { Line } from './line.ts';
import { inOffice, type Bench, type Office } from './office.ts';
import { taken, watchRenders } from './render-watch.ts';
import { median } from './statistics.ts';
import { OURS, PLAIN, type Ways } from './ways.ts';

const part = 'card';
const COLD_ROUNDS = 7;
const SWITCHES = 20;
/** A cheap laptop at full speed, and one that is busy with other work. */
const SPEEDS = [1, 6] as const;
/** As a multiple of a plain button without a shadow root, words and states. */
const COLD = 4.5;
const WARM = 4;
const ADDED = 2.5;
/** One frame more than the 50 ms of a task that are not noticed. */
const BLOCKING_MS = 1000 / 60;

type Measured = {
  readonly cold: number;
  readonly sinceScript: number;
  readonly warm: number;
  /** Main-thread milliseconds of one switch to another card, including the host's own work. */
  readonly aSwitch: number;
  /** Milliseconds above 50 of each longer task, in one switch. */
  readonly blocking: number;
};

export async function measureCard(bench: Bench): Promise<readonly Line[]> {
  const requests = await requestsOfSwitches(bench);
  const lines: Line[] = [
    { part, what: 'requests to APIs in 20 cards', unit: '', ours: requests, budget: { of: 'ours', most: 0 } },
  ];
  for (const speed of SPEEDS) {
    const ours = await measured(bench, bench.ours, OURS, speed);
    const plain = await measured(bench, bench.plain, PLAIN, speed);
    const host = await hostAlone(bench, speed);
    const line = (
      what: string,
      of: (one: Measured) => number,
      { floor, budget }: Pick<Line, 'floor' | 'budget'> = {},
    ): Line => ({
      part,
      what: `${what}, ${speed}×`,
      unit: 'ms',
      ours: of(ours),
      plain: of(plain),
      floor,
      budget,
    });
    const timesPlain = (most: number): Pick<Line, 'budget'> => ({ budget: { of: 'plain', most } });
    lines.push(
      line('render() to button, cold', one => one.cold, timesPlain(COLD)),
      line('render() to button, warm', one => one.warm, timesPlain(WARM)),
      line('script asked for to button, cold', one => one.sinceScript),
      line('card switch, main thread (floor: the CRM alone)', one => one.aSwitch, { floor: host.aSwitch }),
      line('added to the card switch', one => one.aSwitch - host.aSwitch, timesPlain(ADDED)),
      line('blocking added to the card switch', one => Math.max(0, one.blocking - host.blocking), {
        budget: { of: 'ours', most: BLOCKING_MS },
      }),
    );
  }
  return lines;
}

function measured(bench: Bench, zip: Uint8Array, ways: Ways, speed: number): Promise<Measured> {
  return inOffice(bench.browser, { zip }, async office => {
    const path = twoClients(office);
    const firsts = [];
    for (let round = 0; round < COLD_ROUNDS; round += 1) {
      const { page, probe } = await office.open('seller-a', '', watchRenders);
      await probe.slowDown(speed);
      await ways.step(page, path);
      await ways.cardButton(page).waitFor();
      firsts.push(...(await taken(page)).renders);
      await page.context().close();
    }
    const { renders, ...switches } = await switched(office, path, speed, ways);
    return {
      cold: median(firsts.map(({ render }) => render)),
      sinceScript: median(firsts.map(({ sinceScript }) => sinceScript)),
      warm: median(renders.slice(1).map(({ render }) => render)),
      ...switches,
    };
  });
}

function hostAlone(bench: Bench, speed: number) {
  return inOffice(bench.browser, { zip: bench.ours }, office => {
    office.world.crm.integration.active = false;
    return switched(office, twoClients(office), speed, null);
  });
}

/** Goes from card to card without a reload, as sellers do. */
async function switched(office: Office, path: string, speed: number, ways: Ways | null) {
  const { page, probe } = await office.open('seller-a', path, watchRenders);
  const next = (): Promise<void> => (ways ? ways.nextCard(page) : OURS.nextTitle(page));
  await next();
  await next();
  await taken(page);
  await probe.slowDown(speed);
  const tasks = [];
  for (let at = 0; at < SWITCHES; at += 1) tasks.push(await probe.cost(next));
  const { renders, longTasks } = await taken(page);
  const blocking = longTasks.reduce((sum, duration) => sum + duration - 50, 0) / SWITCHES;
  return { renders, aSwitch: median(tasks), blocking };
}

function requestsOfSwitches(bench: Bench): Promise<number> {
  return inOffice(bench.browser, { zip: bench.ours }, async office => {
    const { page } = await office.open('seller-a', twoClients(office));
    await OURS.cardButton(page).waitFor();
    for (let at = 0; at < SWITCHES; at += 1) await OURS.nextCard(page);
    // The CRM's own loader requests its list of widgets.
    return office.requests.filter(({ url }) => !url.endsWith('/ajax/widgets/list')).length;
  });
}

/** The path of the first client's card. */
function twoClients({ world }: Office): string {
  const { id } = world.clientWrites();
  world.clientWrites();
  return `/contacts/detail/${id}`;
}
