/** What a company's plan determines: its token budget, its burst limit, and its levels of visibility. */
export type Plan = 'lite' | 'growth' | 'premium' | 'ultimate';

type Terms = {
  /** Multiplies the daily tokens per seat. */
  readonly multiplier: number;
  /** Requests per token in two seconds. */
  readonly burst: number;
  /** Who can see a record, from only its owner to everyone. */
  readonly visibility: readonly number[];
};

export const TERMS: Record<Plan, Terms> = {
  lite: { multiplier: 1, burst: 80, visibility: [1, 3] },
  growth: { multiplier: 2, burst: 160, visibility: [1, 3] },
  premium: { multiplier: 5, burst: 400, visibility: [1, 3, 5, 7] },
  ultimate: { multiplier: 7, burst: 480, visibility: [1, 3, 5, 7] },
};

/** Whether the plan has groups, and so four levels of visibility instead of two. */
export const hasGroups = (plan: Plan): boolean => TERMS[plan].visibility.length > 2;

/** The level at which the whole company can see a record. */
export const everybody = (plan: Plan): number => TERMS[plan].visibility.at(-1) ?? 3;
