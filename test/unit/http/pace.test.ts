import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createPace, type Pace } from '../../../widget/http/pace.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** The times at which each of `count` simultaneous requests may go, in milliseconds from now. */
async function times(pace: Pace, count: number): Promise<readonly number[]> {
  const start = Date.now();
  const went: number[] = [];
  for (let at = 0; at < count; at += 1) {
    void pace().then(answered => {
      went.push(Date.now() - start);
      return answered();
    });
  }
  await vi.advanceTimersByTimeAsync(60_000);
  return went;
}

describe('requests without locks', () => {
  it('go at once up to five', async () => {
    expect(await times(createPace('crm', undefined), 5)).toEqual([0, 0, 0, 0, 0]);
  });

  it('go at five a second when there are many', async () => {
    const went = await times(createPace('crm', undefined), 17);
    expect(went).toHaveLength(17);
    const most = went.map(from => went.filter(at => at >= from && at < from + 1000).length);
    expect(Math.max(...most)).toBe(5);
    expect(went.at(-1)).toBe(3000);
  });

  it('follow a second after the answer to an earlier one, or two seconds when none comes', async () => {
    const pace = createPace('crm', undefined);
    const start = Date.now();
    for (let at = 0; at < 5; at += 1) void pace().then(answered => setTimeout(answered, at * 400));
    const went: number[] = [];
    for (let at = 0; at < 5; at += 1) void pace().then(() => went.push(Date.now() - start));
    await vi.advanceTimersByTimeAsync(60_000);
    expect(went).toEqual([1000, 1400, 1800, 2000, 2000]);
  });

  it('do not wait when they come one after another', async () => {
    const pace = createPace('crm', undefined);
    for (let at = 0; at < 8; at += 1) {
      expect(await times(pace, 1)).toEqual([0]);
    }
  });
});

describe('locks that a browser refuses', () => {
  it('delay no request', async () => {
    const refusing: LockManager = {
      request: () => Promise.reject(new DOMException('Denied', 'SecurityError')),
      query: () => Promise.resolve({}),
    };
    expect(await times(createPace('crm', refusing), 5)).toEqual([0, 0, 0, 0, 0]);
  });
});
