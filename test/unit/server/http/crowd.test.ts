import { describe, expect, it } from 'vitest';
import { createCrowd } from '../../../../server/http/crowd.ts';

const REFUSED = { answer: { status: 429 } };

describe('an account with too many requests at once', () => {
  it('is refused, and other accounts are not', async () => {
    const crowd = createCrowd(2);
    const ends: (() => void)[] = [];
    const long = (): Promise<string> => new Promise(resolve => ends.push(() => resolve('done')));
    const running = [crowd.within('a', '1', long), crowd.within('a', '2', long)];
    await expect(crowd.within('a', '3', async () => 'third')).rejects.toMatchObject(REFUSED);
    expect(await crowd.within('b', '1', async () => 'other')).toBe('other');
    for (const end of ends) end();
    expect(await Promise.all(running)).toEqual(['done', 'done']);
    expect(await crowd.within('a', '1', async () => 'again')).toBe('again');
  });

  it('has its place back after a failure', async () => {
    const crowd = createCrowd(2);
    await expect(crowd.within('a', '1', () => Promise.reject(new Error('failed')))).rejects.toThrow('failed');
    expect(await crowd.within('a', '1', async () => 'again')).toBe('again');
  });
});

describe('a person with too many requests at once', () => {
  it('is refused, and leaves their colleagues half of the places', async () => {
    const crowd = createCrowd(4);
    let end: (() => void) | undefined;
    const pending = new Promise<void>(resolve => (end = resolve));
    const running = [1, 2].map(() => crowd.within('a', '1', () => pending));
    await expect(crowd.within('a', '1', async () => 'third')).rejects.toMatchObject(REFUSED);
    expect(await crowd.within('a', '2', async () => 'colleague')).toBe('colleague');
    expect(await crowd.within('b', '1', async () => 'of the same number elsewhere')).toBeTruthy();
    end?.();
    await Promise.all(running);
  });
});
