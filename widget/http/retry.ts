/**
 * Decides when a failed read is worth repeating. Writes are never repeated: the caller first reads whether the write
 * arrived.
 */
import type { Failure, FailureCode } from './failure.ts';

/** The longest wait in front of a screen. For longer pauses the person is told when to try again. */
const PATIENCE_MS = 4000;
const FIRST_PAUSE_MS = 300;
const RETRIES = 2;
/** Failures that may be gone on the next attempt. */
const PASSING: ReadonlySet<FailureCode> = new Set(['no-answer', 'too-many', 'down']);
/** A limit on what a service asks for or a wrong clock makes of its date. */
const LONGEST_MS = 3_600_000;

/** amoCRM puts the pause into the body; other services put it into the header, in seconds or as a date. */
export function retryAfterMs(body: unknown, header: string | null): number | null {
  const inBody = typeof body === 'object' && body !== null && 'retry_after' in body ? body.retry_after : null;
  return pauseOf(inBody) ?? pauseOf(header);
}

/** `null` if the value is not a pause. Then the other place may have one, or the default applies. */
function pauseOf(told: unknown): number | null {
  if ((typeof told !== 'string' && typeof told !== 'number') || `${told}`.trim() === '') return null;
  const seconds = Number(told);
  const ms = Number.isNaN(seconds) ? Date.parse(`${told}`) - Date.now() : seconds * 1000;
  return Number.isFinite(ms) ? Math.min(Math.max(ms, 0), LONGEST_MS) : null;
}

/**
 * How many milliseconds to wait before the same read is repeated; `null` to give up. The service's own pause if it
 * gives one, otherwise twice as long each time, with jitter, so that an office does not return all at once.
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

/** Ends early when the signal is aborted. */
export const wait = (ms: number, signal?: AbortSignal): Promise<void> =>
  new Promise(resolve => {
    const timer = setTimeout(resolve, ms);
    const end = (): void => {
      clearTimeout(timer);
      resolve();
    };
    signal?.addEventListener('abort', end, { once: true });
  });
