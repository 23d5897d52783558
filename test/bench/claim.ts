/** How long a seller waits for "yours" with near and far servers, as a multiple of the necessary round trips. */
import type { Budget, Line } from './line.ts';
import { inOffice, type Bench } from './office.ts';
import { rested } from './rest.ts';
import { median, slope, type Point } from './statistics.ts';
import { OURS, PLAIN, type Ways } from './ways.ts';

const part = 'claim';
const LATENCIES = [20, 100, 400] as const;
const ROUNDS = 5;

/**
 * Round trips that cannot run in parallel. `mine`: request the client from the server while the CRM is read, then write.
 * `told`: then report to the server, which answers once the chat service is updated.
 */
const NECESSARY = { busy: 0, mine: 2, told: 3 } as const;
const STATES = ['busy', 'mine', 'told'] as const;
type State = (typeof STATES)[number];
const SAID = { busy: 'button is busy', mine: '"yours"', told: 'chat gone from the others' } as const;
/** The processor and a poll add less than a round trip: one trip more is too many, half a trip is noise. */
const NOISE = 0.5;
const MOST_CRM_REQUESTS = 2;
/** Far away only round trips count: a third more than necessary is too much. */
const FAR_AWAY = 1.2;
/** Near by, everything except round trips counts. The plain widget makes half as many. */
const NEAR_BY = 4;

type Times = {
  readonly busy: number;
  readonly mine: number;
  readonly told: number;
  readonly requests: number;
};

type Claimed = Times & {
  /** The requests of the first claim after the page was loaded. */
  readonly firstRequests: number;
};

export async function measureClaim(bench: Bench): Promise<readonly Line[]> {
  const ours: Claimed[] = [];
  const plain: Claimed[] = [];
  for (const latency of LATENCIES) {
    ours.push(await claimed(bench, bench.ours, OURS, latency));
    plain.push(await claimed(bench, bench.plain, PLAIN, latency));
  }
  const at = (all: readonly Times[], state: State): readonly Point[] =>
    all.map((times, which) => [LATENCIES[which] ?? 0, times[state]]);
  const time = (latency: number, which: number, state: State): Line => ({
    part,
    what: `${SAID[state]}, ${latency} ms away`,
    unit: 'ms',
    ours: ours[which]?.[state] ?? Number.NaN,
    floor: latency * NECESSARY[state],
    plain: state === 'told' ? undefined : plain[which]?.[state],
    budget: budgetOf(latency, state),
  });
  const trips = (what: string, state: State): Line => ({
    part,
    what,
    unit: '',
    ours: slope(at(ours, state)),
    floor: NECESSARY[state],
    plain: state === 'told' ? undefined : slope(at(plain, state)),
    budget: { of: 'ours', most: NECESSARY[state] + NOISE },
  });
  const times = LATENCIES.flatMap((latency, which) => STATES.map(state => time(latency, which, state)));
  return [
    ...times,
    trips('round trips until the button is busy', 'busy'),
    trips('round trips one after another to "yours"', 'mine'),
    trips('round trips until the chat is gone', 'told'),
    {
      part,
      what: 'requests to the CRM until "yours"',
      unit: '',
      ours: Math.max(...ours.map(({ requests }) => requests)),
      budget: { of: 'ours', most: MOST_CRM_REQUESTS },
    },
    {
      part,
      what: 'the same of the first claim in a page',
      unit: '',
      ours: Math.max(...ours.map(({ firstRequests }) => firstRequests)),
      budget: { of: 'ours', most: MOST_CRM_REQUESTS },
    },
  ];
}

function budgetOf(latency: number, state: State): Budget | undefined {
  if (latency === Math.max(...LATENCIES) && state !== 'busy') return { of: 'floor', most: FAR_AWAY };
  return latency === Math.min(...LATENCIES) && state === 'mine' ? { of: 'plain', most: NEAR_BY } : undefined;
}

/** The pointer reaches the button before, as it does before every press. */
function claimed(bench: Bench, zip: Uint8Array, ways: Ways, latency: number): Promise<Claimed> {
  return inOffice(bench.browser, { zip, latency }, async office => {
    const { page } = await office.open('seller-a', '');
    const all: Times[] = [];
    let firstRequests = Number.NaN;
    for (let round = 0; round <= ROUNDS; round += 1) {
      await ways.step(page, `/contacts/detail/${office.world.clientWrites().id}`);
      await ways.cardButton(page).hover();
      // The follow-up of the last round is finished, and the widget does not have to wait for its turn at the CRM.
      await rested(page);
      const seen = page.evaluate(seenAfterPress, { mine: ways.mine.source, told: ways.told.source });
      await ways.cardButton(page).click();
      const times = await seen;
      // The first claim of a page loads files that the others find loaded.
      if (round > 0) all.push(times);
      else firstRequests = times.requests;
    }
    const middle = (of: keyof Times): number => median(all.map(times => times[of]));
    return {
      busy: middle('busy'),
      mine: middle('mine'),
      told: middle('told'),
      requests: middle('requests'),
      firstRequests,
    };
  });
}

/** Runs in the page: milliseconds from the next press until the card shows each of these words. */
function seenAfterPress(words: { mine: string; told: string }): Promise<Times> {
  const block = (): Element | null => document.querySelector('#widgets_block .card-widgets__widget');
  const roots = (): ParentNode[] =>
    [block(), ...[...(block()?.querySelectorAll('*') ?? [])].map(one => one.shadowRoot)].filter(
      one => one !== null,
    );
  const says = (wanted: string): boolean =>
    roots().some(root => new RegExp(wanted).test(root.textContent ?? ''));
  const isBusy = (): boolean =>
    roots().some(root => root.querySelector('button[aria-busy=true], button:disabled'));
  return new Promise(resolve => {
    const follow = (): void => {
      const started = performance.now();
      let [busy, mine] = [Number.NaN, Number.NaN];
      const look = (): void => {
        const now = performance.now() - started;
        if (Number.isNaN(busy) && isBusy()) busy = now;
        if (Number.isNaN(mine) && says(words.mine)) mine = now;
        if (!says(words.told)) {
          setTimeout(look, 2);
          return;
        }
        const requests = performance.getEntriesByType('resource').filter(({ name, startTime }) => {
          const at = startTime - started;
          return /\/(api\/v4|ajax)\//.test(name) && at > 0 && at < mine;
        });
        resolve({ busy, mine, told: now, requests: requests.length });
      };
      setTimeout(look);
    };
    addEventListener('click', follow, { capture: true, once: true });
  });
}
