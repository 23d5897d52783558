/**
 * The signed statement of who I am, which our server requires with each request. It is valid for five minutes and kept
 * only in memory. Simultaneous requests share one statement.
 */
import type { HostRecords } from '../host.ts';
import type { Frame } from './frame.ts';

/** Well before the token expires. Measured by a clock that cannot be set. */
const KEEP_MS = 200_000;

export function createProof(frame: Pick<Frame, 'token'>): Pick<HostRecords, 'proof'> {
  let cached: { readonly token: Promise<string>; readonly until: number } | null = null;
  const fresh = (): NonNullable<typeof cached> => {
    const mine = { token: frame.token(), until: performance.now() + KEEP_MS };
    mine.token.catch(() => {
      if (cached === mine) cached = null;
    });
    return mine;
  };
  return {
    async proof(refused) {
      const known = cached;
      if (known && performance.now() < known.until && (await known.token) !== refused) return known.token;
      // Another caller may already have replaced it.
      if (cached === null || cached === known) cached = fresh();
      return cached.token;
    },
  };
}
