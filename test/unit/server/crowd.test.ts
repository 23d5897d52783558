import { describe, expect, it } from 'vitest';
import { createCrowd } from '../../../server/crowd.ts';

describe('an account that asks too much at once', () => {
  it('is refused, and harms no other account', async () => {
    const crowd = createCrowd(2);
    const ends: (() => void)[] = [];
    const long = (): Promise<string> => new Promise(resolve => ends.push(() => resolve('done')));
    const running = [crowd.within('a', long), crowd.within('a', long)];
    await expect(crowd.within('a', async () => 'third')).rejects.toMatchObject({
      answer: { status: 429 },
    });
    expect(await crowd.within('b', async () => 'other')).toBe('other');
    for (const end of ends) end();
    expect(await Promise.all(running)).toEqual(['done', 'done']);
    expect(await crowd.within('a', async () => 'again')).toBe('again');
  });

  it('has its place back after a failure', async () => {
    const crowd = createCrowd(1);
    await expect(crowd.within('a', () => Promise.reject(new Error('failed')))).rejects.toThrow('failed');
    expect(await crowd.within('a', async () => 'again')).toBe('again');
  });
});
