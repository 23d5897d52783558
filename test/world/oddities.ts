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
};

export const usualOddities = (): Oddities => ({
  patchAnswer: 'plain',
  tokenLifetimeSeconds: 1800,
  tokenWithoutAdminClaim: false,
  retryAfterSeconds: 1,
});
