/** What a company's plan decides (P7, B6): its budget of tokens, how many requests at once, and who can be told apart. */
export type Plan = 'lite' | 'growth' | 'premium' | 'ultimate';

type Terms = {
  /** Of the day's tokens for each seat. */
  readonly multiplier: number;
  /** Requests with one token in two seconds. */
  readonly burst: number;
  /** Who may see a record, from nobody but its owner to everybody. */
  readonly visibility: readonly number[];
};

export const TERMS: Record<Plan, Terms> = {
  lite: { multiplier: 1, burst: 80, visibility: [1, 3] },
  growth: { multiplier: 2, burst: 160, visibility: [1, 3] },
  premium: { multiplier: 5, burst: 400, visibility: [1, 3, 5, 7] },
  ultimate: { multiplier: 7, burst: 480, visibility: [1, 3, 5, 7] },
};

/** Has groups, and so four steps of visibility in place of two. */
export const hasGroups = (plan: Plan): boolean => TERMS[plan].visibility.length > 2;

/** The step at which the whole company sees a record. */
export const everybody = (plan: Plan): number => TERMS[plan].visibility.at(-1) ?? 3;
