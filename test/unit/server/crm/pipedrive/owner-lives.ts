/**
 * What Pipedrive knows of one person's owners, and what of it reaches the server. Hooks come late, twice, in any order or never,
 * and have their own times. The changelog lags, and has whole seconds.
 */
import fc from 'fast-check';
import { judge, SKEW_SECONDS, type Ledger } from '../../../../../server/claims/judge.ts';
import type { CrmAnswer } from '../../../../../server/crm/api.ts';
import { hookBodyIn } from '../../../../../server/crm/pipedrive/hook-body.ts';
import { ownersOf } from '../../../../../server/crm/pipedrive/owners.ts';
import type { OwnerEvent } from '../../../../../server/crm/owners.ts';
import { answered, forever, personRow, scripted } from './scripted.ts';

export type Changed = {
  readonly by: string;
  readonly before: string;
  readonly after: string;
  /** In milliseconds since the epoch, as all times here. */
  readonly at: number;
  /** The time in the hook. */
  readonly stamped: number;
  /** The times at which the hook arrives. */
  readonly heard: readonly number[];
  /** When the changelog shows the change. */
  readonly logged: number;
};

export const START = Date.UTC(2026, 0, 5, 12);
const BASE = '11';
const PEOPLE = ['11', '12', '13'];

type Bounds = {
  /** How long each delivery of a hook takes. */
  readonly hookDelays: fc.Arbitrary<readonly number[]>;
  readonly lag: number;
  /** By how much a hook's time may be later than the change. */
  readonly jitter: number;
};

export const livesOf = ({ hookDelays, lag, jitter }: Bounds): fc.Arbitrary<readonly Changed[]> =>
  fc
    .array(
      fc.record({
        by: fc.constantFrom(...PEOPLE),
        to: fc.nat({ max: PEOPLE.length - 2 }),
        gap: fc.oneof(fc.integer({ min: 500, max: 3000 }), fc.integer({ min: 3000, max: 30_000 })),
        jitter: fc.nat({ max: jitter }),
        delays: hookDelays,
        lag: fc.nat({ max: lag }),
      }),
      { minLength: 1, maxLength: 7 },
    )
    .map(steps => {
      let [at, owner] = [START, BASE];
      return steps.map(({ by, to, gap, jitter, delays, lag: behind }): Changed => {
        at += gap;
        const before = owner;
        owner = PEOPLE.filter(one => one !== before)[to] ?? BASE;
        const heard = delays.map(delay => at + delay);
        return { by, before, after: owner, at, stamped: at + jitter, heard, logged: at + behind };
      });
    })
    // Two people may press in one second. A client who is given away and back within one is left out, where look.ts uses the owner.
    .filter(life => life.every((one, at) => at === 0 || !isBack(life[at - 1], one)));

const isBack = (earlier: Changed | undefined, { after, at }: Changed): boolean =>
  earlier?.before === after && at - earlier.at < 2000;

const hookOf = (one: Changed): string =>
  JSON.stringify({
    meta: {
      action: 'change',
      entity: 'person',
      entity_id: '77',
      company_id: '1',
      user_id: one.by,
      timestamp: new Date(one.stamped).toISOString(),
    },
    data: { id: 77, owner_id: Number(one.after) },
    previous: { owner_id: Number(one.before) },
  });

const rowOf = ({ by, before, after, at }: Changed) => ({
  field_key: 'owner_id',
  old_value: before,
  new_value: after,
  actor_user_id: Number(by),
  time: new Date(at).toISOString().slice(0, 19).replace('T', ' '),
});

/** Looks at these moments, each time with the earlier judgement, as server/claims/look.ts does. */
export async function judgedAt(life: readonly Changed[], looks: readonly number[]) {
  const asked: string[] = [];
  let ledger: Ledger = { base: BASE, from: START / 1000 - SKEW_SECONDS, events: [] };
  let isJudged = false;
  for (const now of looks) {
    const owner = life.findLast(({ at }) => at <= now)?.after ?? BASE;
    const { api, asked: questions } = scripted(({ path }): CrmAnswer | undefined => {
      if (path === 'v2/persons/77')
        return answered(personRow(77, Number(owner), { update_time: new Date(now).toISOString() }));
      const rows = life.filter(({ logged }) => logged <= now).map(rowOf);
      return path.startsWith('v1/persons/77/changelog?') ? answered(rows.reverse()) : undefined;
    });
    const heard = life.flatMap(one =>
      one.heard.filter(at => at <= now).flatMap(() => hookBodyIn(hookOf(one)).changes),
    );
    const kept = new Map<string, OwnerEvent>(heard.map(({ event }) => [event.id, event]));
    const owners = ownersOf(api, '1', {
      grantOwner: async () => '1',
      fromHooks: async (_id, since) => [...kept.values()].filter(({ at }) => at >= since),
      leaving: forever,
    });
    const known = ledger;
    const log = await owners.ownerLog('77', known.from - SKEW_SECONDS, {
      events: known.events,
      links: (events, ownerId) => judge(known, events, ownerId, []) !== null,
      waitedSeconds: (now - START) / 1000,
    });
    const judgement = judge(known, log, owner, []);
    isJudged = judgement !== null;
    ledger = judgement?.ledger ?? ledger;
    asked.push(...questions.map(({ path }) => path));
  }
  return { ledger, isJudged, asked };
}

export const said = (one: Pick<OwnerEvent, 'by' | 'before' | 'after'>): string =>
  `${one.by}: ${one.before} to ${one.after}`;
