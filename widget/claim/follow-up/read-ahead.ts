/**
 * Reads beside a claim what has to be known once the CRM has confirmed it, so that the wait for the one is not added to the
 * wait for the other. What was read is used once, and only while it is fresh; whoever needs it again reads it again.
 */

/** A claim without trouble takes four trips to the CRM and back. */
const FRESH_MS = 10_000;
/** Claims of a whole list at once leave room for other requests. */
const MOST = 5;

export type ReadAhead<T> = {
  readonly begin: (id: string) => void;
  /** What was read a moment ago, or what is there now. */
  readonly take: (id: string) => Promise<T>;
};

export function readAhead<T>(read: (id: string) => Promise<T>, now: () => number): ReadAhead<T> {
  const begun = new Map<string, { readonly reading: Promise<T>; readonly at: number }>();
  const isFresh = ({ at }: { readonly at: number }): boolean => now() - at < FRESH_MS;
  return {
    begin(id) {
      for (const [old, one] of begun) if (!isFresh(one)) begun.delete(old);
      if (begun.size === MOST) return;
      const reading = read(id);
      begun.set(id, { reading, at: now() });
      // Whoever needs it asks again, and is told then.
      reading.catch(() => begun.get(id)?.reading === reading && begun.delete(id));
    },
    async take(id) {
      const early = begun.get(id);
      begun.delete(id);
      if (!early || !isFresh(early)) return read(id);
      return early.reading.catch(() => read(id));
    },
  };
}
