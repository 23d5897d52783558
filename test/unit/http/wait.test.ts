/** An aborted wait leaves no timer behind. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { wait } from '../../../widget/http/retry.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

it('ends at once when it is aborted, and leaves no timer', async () => {
  const leaving = new AbortController();
  const waiting = wait(60_000, leaving.signal);
  expect(vi.getTimerCount()).toBe(1);
  leaving.abort();
  await waiting;
  expect(vi.getTimerCount()).toBe(0);
});
