/** In what the maker's documents leave open or allow two ways, this world takes one: which, a test may choose. */
export type Oddities = {
  /** The answer to a change of one contact: documented flat, seen wrapped. Neither tells the responsible. */
  patchAnswer: 'plain' | 'embedded';
  /** Of the one-time token. A negative number hands out tokens that are over already. */
  tokenLifetimeSeconds: number;
  /** The maker's own SDK reads `is_admin`, its page on tokens does not list it. */
  tokenWithoutAdminClaim: boolean;
  /** What a 429 of the CRM asks for. */
  retryAfterSeconds: number;
  /** How much later than its write an event may be read: whether at once is documented nowhere. */
  eventLagMs: number;
  /** How much later a request is carried out that is `late`. */
  lateMs: number;
  /** How much later a request is carried out again that happens `twice`. */
  twiceMs: number;
  /**
   * Error 244 for one record answers for its whole batch. What becomes of the other records of the batch is
   * documented nowhere: they are changed all the same, or left alone too.
   */
  refusedBatch: 'others-changed' | 'nothing-changed';
};

export const usualOddities = (): Oddities => ({
  patchAnswer: 'plain',
  tokenLifetimeSeconds: 1800,
  tokenWithoutAdminClaim: false,
  retryAfterSeconds: 1,
  eventLagMs: 0,
  lateMs: 20_000,
  twiceMs: 300,
  refusedBatch: 'others-changed',
});
