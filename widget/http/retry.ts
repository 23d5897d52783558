/** When a read that failed is worth asking again. Writes never are: whoever wrote reads first whether it arrived. */
import type { Failure, FailureCode } from './failure.ts';

/** Longer than this nobody waits in front of a screen: the person is told when to try again. */
const PATIENCE_MS = 4000;
const FIRST_PAUSE_MS = 300;
const RETRIES = 2;
/** What may be over when the same is asked again. */
const PASSING: ReadonlySet<FailureCode> = new Set(['no-answer', 'too-many', 'down']);
/** Whatever a service asks for, or a wrong clock makes of its date. */
const LONGEST_MS = 3_600_000;

/** amoCRM puts the pause into the body, everybody else into the header: in seconds, or as a date. */
export function retryAfterMs(body: unknown, header: string | null): number | null {
  const inBody = typeof body === 'object' && body !== null && 'retry_after' in body ? body.retry_after : null;
  return pauseOf(inBody) ?? pauseOf(header);
}

/** `null` for whatever is no pause: then the other place may hold one, and else we choose ourselves. */
function pauseOf(told: unknown): number | null {
  if ((typeof told !== 'string' && typeof told !== 'number') || `${told}`.trim() === '') return null;
  const seconds = Number(told);
  const ms = Number.isNaN(seconds) ? Date.parse(`${told}`) - Date.now() : seconds * 1000;
  return Number.isFinite(ms) ? Math.min(Math.max(ms, 0), LONGEST_MS) : null;
}

/**
 * How long to wait before the same read is sent again, in milliseconds; `null`: not again. As long as the service asks
 * for, otherwise twice as long each time; with jitter, so that an office does not return all at once.
 */
export function pauseBefore(
  attempt: number,
  { code, retryAfterMs }: Failure,
  random = Math.random,
): number | null {
  if (!PASSING.has(code) || attempt > RETRIES || (retryAfterMs ?? 0) > PATIENCE_MS) return null;
  return Math.min(
    (retryAfterMs ?? FIRST_PAUSE_MS * 2 ** (attempt - 1)) + random() * FIRST_PAUSE_MS,
    PATIENCE_MS,
  );
}

/** Ends early when nobody wants it any more. */
export const wait = (ms: number, signal?: AbortSignal): Promise<void> =>
  new Promise(resolve => {
    const timer = setTimeout(resolve, ms);
    const end = (): void => {
      clearTimeout(timer);
      resolve();
    };
    signal?.addEventListener('abort', end, { once: true });
  });
