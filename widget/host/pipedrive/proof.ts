/**
 * The signed statement of who I am, as our server wants it with each request. It lives for five minutes, is kept in memory
 * only, and is asked for once however many requests need it.
 */
import type { HostRecords } from '../host.ts';
import type { Frame } from './frame.ts';

/** Well before the token expires. Measured by a clock that no one sets. */
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
      // Whoever came first has already replaced it.
      if (cached === null || cached === known) cached = fresh();
      return cached.token;
    },
  };
}
