/**
 * One question to another machine and its whole answer: in time, of a bounded size, and never led elsewhere, since whatever a
 * redirect leads to would get the key.
 *
 * The time is a timer of ours, and it holds the request: Node passes an abort on through weak references, so a request that
 * nobody holds, or a time-out that is only part of `AbortSignal.any`, may be collected and never ends.
 */
import { NotSent, type Fetch } from './fetch.ts';
import { textWithin } from './body.ts';
import { Refused, type RefusalCode } from './refusal.ts';

export type Bounds = {
  /** For the answer to its last byte. */
  readonly milliseconds: number;
  /** Of the answer, decompressed. */
  readonly bytes: number;
  /** Thrown as `Refused` for an answer that is too long or leads elsewhere. */
  readonly unreadable: RefusalCode;
  /** Of whoever asks: it may end sooner. */
  readonly patience?: AbortSignal | undefined;
};
export type Answered = Pick<Response, 'status' | 'ok' | 'headers'> & { readonly text: string };

/** The time was over, or whoever asked waits no longer. Whether something came of it is open. */
export class Late extends Error {
  override name = 'Late';
}

/** Throws `Late`, `Refused` with `unreadable`, and whatever `fetch` throws. */
export const exchange = (
  fetch: Fetch,
  address: string,
  question: Pick<RequestInit, 'method' | 'headers' | 'body'>,
  { milliseconds, bytes, unreadable, patience }: Bounds,
): Promise<Answered> =>
  inTime(milliseconds, patience, async signal => {
    const request = new Request(address, { ...question, redirect: 'manual', signal });
    // The timer holds the request. Otherwise the request and whoever waits for its answer hold each other, and nobody holds both.
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

/** A browser shows a redirect that it does not follow as one without a status. */
const isRedirect = ({ status, type }: Response): boolean =>
  type === 'opaqueredirect' || (status >= 300 && status < 400);

/** The work is told when its time is over, or when whoever waits for it leaves. */
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
    // An answer that nobody reads to its end keeps its connection.
    end();
  }
}
