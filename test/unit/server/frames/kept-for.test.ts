/** A value that is read once for several callers. */
import { describe, expect, it } from 'vitest';
import { keptFor } from '../../../../server/frames/kept-for.ts';

describe('a value that several callers share', () => {
  const refused = async (): Promise<string> => {
    throw new Error('Refused');
  };

  it('is read once for simultaneous callers, and again after its time', async () => {
    let now = 0;
    let asked = 0;
    const read = keptFor<number>(() => new Date(now), 1000);
    const ask = () => read('users', async () => (asked += 1));
    expect(await Promise.all([ask(), ask()])).toEqual([1, 1]);
    now = 1000;
    expect(await ask()).toBe(2);
  });

  it('is read once more for the other callers when the first one is refused', async () => {
    let asked = 0;
    const read = keptFor<string>(() => new Date(0), 1000);
    const first = read('users', refused);
    const others = [1, 2, 3].map(() => read('users', async () => `answer ${(asked += 1)}`));
    await expect(first).rejects.toThrow('Refused');
    expect(await Promise.all(others)).toEqual(['answer 1', 'answer 1', 'answer 1']);
  });

  it('is read at most twice when both reads are refused', async () => {
    let asked = 0;
    const read = keptFor<string>(() => new Date(0), 1000);
    const all = Array.from({ length: 5 }, () =>
      read('users', async () => {
        asked += 1;
        return refused();
      }),
    );
    const outcomes = await Promise.allSettled(all);
    expect([asked, new Set(outcomes.map(({ status }) => status))]).toEqual([2, new Set(['rejected'])]);
  });
});
