/**
 * The request limits of a company: a daily budget of tokens shared by all apps, and a number of requests per token in
 * two seconds. They are always counted, but enforced only when switched on.
 */
import type { Clock } from '../clock.ts';
import { TERMS, type Plan } from './plans.ts';

/** `abuse`: the client kept asking after many refusals and is blocked for a while. */
export type OverLimit = 'burst' | 'day' | 'abuse';

export type Limits = {
  /** Off by default. */
  areOn: boolean;
  readonly tokensADay: () => number;
  readonly tokensLeft: () => number;
  /** Also used for what another app of the company spends. */
  readonly spend: (tokens: number) => void;
  readonly take: (who: string, cost: number, isSearch: boolean) => OverLimit | undefined;
  readonly burst: (who: string) => { readonly limit: number; readonly left: number };
  readonly secondsToMidnight: () => number;
};

type Company = { readonly plan: Plan; readonly seats: number };

const BASE = 30_000;
const WINDOW = 2000;
const SEARCHES = 10;
const DAY = 86_400_000;
/** The number of refusals until a block and its duration are not documented. */
const PATIENCE = 100;
const REFUSALS_COUNT_FOR = 60_000;
const KEPT_OUT = 60_000;

export function createLimits(clock: Clock, company: () => Company): Limits {
  const asked = new Map<string, { readonly at: number; readonly isSearch: boolean }[]>();
  let refusals: number[] = [];
  let keptOutUntil = 0;
  let [day, spent] = [0, 0];

  const today = (): number => Math.floor(clock.now() / DAY);
  const startDay = (): void => {
    if (day !== today()) [day, spent] = [today(), 0];
  };
  const recentOf = (who: string) => (asked.get(who) ?? []).filter(({ at }) => at > clock.now() - WINDOW);
  const refuse = (why: 'burst' | 'day'): OverLimit => {
    const now = clock.now();
    refusals = [...refusals.filter(at => at > now - REFUSALS_COUNT_FOR), now];
    if (refusals.length <= PATIENCE) return why;
    keptOutUntil = now + KEPT_OUT;
    return 'abuse';
  };

  const limits: Limits = {
    areOn: false,
    tokensADay: () => BASE * TERMS[company().plan].multiplier * company().seats,
    tokensLeft() {
      startDay();
      return Math.max(0, limits.tokensADay() - spent);
    },
    spend(tokens) {
      startDay();
      spent += tokens;
    },
    take(who, cost, isSearch) {
      if (limits.areOn && clock.now() < keptOutUntil) return 'abuse';
      const recent = recentOf(who);
      const isFull =
        recent.length >= TERMS[company().plan].burst ||
        (isSearch && recent.filter(one => one.isSearch).length >= SEARCHES);
      if (limits.areOn && isFull) return refuse('burst');
      if (limits.areOn && limits.tokensLeft() < cost) return refuse('day');
      asked.set(who, [...recent, { at: clock.now(), isSearch }]);
      limits.spend(cost);
      return undefined;
    },
    burst(who) {
      const limit = TERMS[company().plan].burst;
      return { limit, left: Math.max(0, limit - recentOf(who).length) };
    },
    secondsToMidnight: () => Math.ceil(((today() + 1) * DAY - clock.now()) / 1000),
  };
  return limits;
}
