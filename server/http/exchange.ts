/**
 * Sends one request to another machine and reads the whole answer, within a time and a size limit. Redirects are not followed,
 * because their target would receive the key.
 *
 * The time limit is a timer of our own that references the request. Node propagates aborts through weak references, so an
 * unreferenced request, or a time-out that is only part of `AbortSignal.any`, may be garbage-collected and never end.
 */
import { NotSent, type Fetch } from './fetch.ts';
import { textWithin } from './body.ts';
import { Refused, type RefusalCode } from './refusal.ts';

export type Bounds = {
  /** Time limit for the answer up to its last byte. */
  readonly milliseconds: number;
  /** Size limit of the decompressed answer. */
  readonly bytes: number;
  /** Thrown as `Refused` for an answer that is too long or a redirect. */
  readonly unreadable: RefusalCode;
  /** Ends the exchange sooner when the caller stops waiting. */
  readonly patience?: AbortSignal | undefined;
};
export type Answered = Pick<Response, 'status' | 'ok' | 'headers'> & { readonly text: string };

/** The time is over, or the caller stopped waiting. Whether the request had an effect is unknown. */
export class Late extends Error {
  override name = 'Late';
}

/** Throws `Late`, `Refused` with `unreadable`, or whatever `fetch` throws. */
export const exchange = (
  fetch: Fetch,
  address: string,
  question: Pick<RequestInit, 'method' | 'headers' | 'body'>,
  { milliseconds, bytes, unreadable, patience }: Bounds,
): Promise<Answered> =>
  inTime(milliseconds, patience, async signal => {
    const request = new Request(address, { ...question, redirect: 'manual', signal });
    // Lets the timer reference the request. Otherwise only the request and the pending answer reference each other, and both
    // may be collected.
    signal.addEventListener('abort', () => void request.signal);
    try {
      const answer = await fetch(request);
      if (isRedirect(answer)) throw new Refused(unreadable);
      const { status, ok, headers } = answer;
      return { status, ok, headers, text: await textWithin(answer.body, bytes, unreadable) };
    } catch (error) {
      if (request.signal.aborted && !(error instanceof NotSent)) {
        throw new Late('No answer in time', { cause: error });
      }
      throw error;
    }
  });

/** A browser reports a redirect that it does not follow as `opaqueredirect` without a status. */
const isRedirect = ({ status, type }: Response): boolean =>
  type === 'opaqueredirect' || (status >= 300 && status < 400);

/** Runs `work` with a signal that aborts when the time is over or when `patience` aborts. */
export async function inTime<T>(
  milliseconds: number,
  patience: AbortSignal | undefined,
  work: (patience: AbortSignal) => Promise<T>,
): Promise<T> {
  const ending = new AbortController();
  const end = (): void => ending.abort();
  const timer = setTimeout(end, milliseconds);
  patience?.addEventListener('abort', end);
  if (patience?.aborted) end();
  try {
    return await work(ending.signal);
  } finally {
    clearTimeout(timer);
    patience?.removeEventListener('abort', end);
    // Releases the connection of an answer that was not read to its end.
    end();
  }
}
