/**
 * Who has the client when everything goes wrong: the server's own judge, looks and repairs through thousands of simulated
 * lives a scenario. At rest the client is whose they rightfully are, and everybody who pressed is told the truth.
 */
import { describe, expect, it } from 'vitest';
import { judge, type Writer } from '../../../../server/claims/judge.ts';
import type { ClaimStore } from '../../../../server/claims/claim-store.ts';
import { claimsInMemory } from '../../../mocks/claim-store.ts';
import { createLife } from './lives.ts';
import { SCENARIOS, scenario, type Scenario } from './scenarios.ts';
import { ACCOUNT, CONTACT } from './server-life.ts';
import { virtualTime } from './virtual-time.ts';

/** `npm test` lives as many lives as fit into its time; `npm run soak` ten thousand a scenario. */
const RUNS = process.env['SOAK'] === 'long' ? 10_000 : 400;
const LIMIT_MILLISECONDS = 120_000;

type Ended = {
  /** Seeds of lives whose client is not whose they rightfully are. */
  readonly wrong: readonly number[];
  /** Somebody was told that their claim stands, or not, and it is the other way. */
  readonly untrue: readonly number[];
  /** Wrong, where somebody wrote without having asked and never came back: nobody can know of them. */
  readonly unheard: readonly number[];
};

type Changed = {
  readonly judge?: typeof judge;
  readonly store?: (store: ClaimStore) => ClaimStore;
};

async function lived(
  { accidents, owner, play }: Scenario,
  runs: number,
  changed: Changed = {},
): Promise<Ended> {
  const ended = { wrong: [] as number[], untrue: [] as number[], unheard: [] as number[] };
  for (let seed = 1; seed <= runs; seed += 1) {
    const time = virtualTime();
    const store = (changed.store ?? (one => one))(claimsInMemory());
    const life = createLife({ time, store, seed, accidents, owner, judge: changed.judge });
    play(life, time);
    await life.rest();
    const { owner: rightful, counted } = life.crm.truth();
    const claims = new Map((await store.of(ACCOUNT, CONTACT))?.claims.map(one => [one.press, one.state]));
    const isUnheard = [...counted.keys()].some(press => !claims.has(press));
    if (life.crm.owner() !== rightful) (isUnheard ? ended.unheard : ended.wrong).push(seed);
    const isUntrue = [...counted].some(
      ([press, counts]) => claims.has(press) && (claims.get(press) === 'stands') !== counts,
    );
    if (isUntrue && !isUnheard) ended.untrue.push(seed);
  }
  return ended;
}

describe('a client whom several want at once', () => {
  it.each(SCENARIOS)(
    'is whose they rightfully are, and everybody is told so: $name',
    async scenario => {
      const { wrong, untrue, unheard } = await lived(scenario, RUNS);
      expect({ wrong, untrue }).toEqual({ wrong: [], untrue: [] });
      // A browser that wrote without having asked and never returned.
      expect(unheard.length).toBeLessThanOrEqual(RUNS * 0.005);
    },
    LIMIT_MILLISECONDS,
  );

  const judgeOf =
    (change: (writer: Writer) => Writer): typeof judge =>
    (ledger, log, owner, writers) =>
      judge(ledger, log, owner, writers.map(change));

  it.each<{ readonly without: string; readonly in: string } & Changed>([
    {
      without: 'the owner that a claim was based on',
      in: 'writes come late',
      judge: (ledger, log, owner, writers) =>
        judge(
          ledger,
          log,
          owner,
          writers.filter(one => one.kind === 'repair'),
        ),
    },
    {
      without: 'a log that links',
      in: 'the log lags',
      judge(ledger, log, owner, writers) {
        const before = ledger.events.at(-1)?.after ?? ledger.base;
        const last = log.find(({ after }) => after === owner);
        return (
          judge(ledger, log, owner, writers) ??
          judge(ledger, last ? [{ ...last, before }] : [], owner, writers)
        );
      },
    },
    {
      without: 'a press that takes effect only once',
      in: 'writes are delivered twice',
      judge: (ledger, log, owner, writers) => {
        const judged = judge(ledger, log, owner, writers);
        const last = judged?.ledger.events.at(-1);
        if (!judged || !last) return judged;
        const { events } = judged.ledger;
        const isSecond = last.press !== null && events.filter(one => one.press === last.press).length > 1;
        return isSecond ? { ...judged, owner: last.after } : judged;
      },
    },
    {
      without: 'claims that are heard of later',
      in: 'the server is out of reach for some',
      store: store => ({
        ...store,
        async tell(account, employee, told, now) {
          for (const one of told) {
            const known = await store.of(account, one.contactId);
            if (known?.claims.some(({ press }) => press === one.press))
              await store.tell(account, employee, [one], now);
          }
        },
      }),
    },
    {
      without: 'a server that looks by itself',
      in: 'browsers die between any two steps',
      store: store => ({ ...store, due: async () => [] }),
    },
    {
      without: 'repairs that are known as such',
      in: 'ordered while it is put right',
      judge: judgeOf(one => (one.kind === 'repair' ? { ...one, by: 'nobody' } : one)),
    },
  ])('goes to the wrong one without $without', async ({ in: name, ...changed }) => {
    const { wrong, untrue, unheard } = await lived(scenario(name), 400, changed);
    expect(wrong.length + untrue.length + unheard.length).toBeGreaterThan(0);
  });
});
