import { describe, expect, it } from 'vitest';
import { readAhead } from '../../../../widget/claim/follow-up/read-ahead.ts';

/** A service whose answer changes with every question, on a clock that the test sets. */
function service() {
  const asked: string[] = [];
  let time = 0;
  let isDown = false;
  const ahead = readAhead(
    async id => {
      asked.push(id);
      if (isDown) throw new Error('down');
      return `${id}, read ${asked.filter(one => one === id).length}`;
    },
    () => time,
  );
  return {
    asked,
    ...ahead,
    pass: (ms: number) => void (time += ms),
    fail: (is: boolean) => void (isDown = is),
  };
}

describe('what is read ahead', () => {
  it('is there without asking again, once', async () => {
    const { begin, take, asked } = service();
    begin('anna');
    expect(await take('anna')).toBe('anna, read 1');
    expect(asked).toEqual(['anna']);
    expect(await take('anna')).toBe('anna, read 2');
  });

  it('is read again once it is ten seconds old', async () => {
    const { begin, take, pass } = service();
    begin('anna');
    pass(9999);
    expect(await take('anna')).toBe('anna, read 1');
    begin('anna');
    pass(10_000);
    expect(await take('anna')).toBe('anna, read 3');
  });

  it('is read by whoever needs it when it was not, or not for them', async () => {
    const { begin, take } = service();
    begin('anna');
    expect(await take('boris')).toBe('boris, read 1');
  });

  it('is asked for again when the first answer was a failure, and fails only then', async () => {
    const { begin, take, fail } = service();
    fail(true);
    begin('anna');
    fail(false);
    expect(await take('anna')).toBe('anna, read 2');
    fail(true);
    begin('anna');
    await expect(take('anna')).rejects.toThrow('down');
  });

  it('is of five clients at most, until those have grown old', () => {
    const { begin, asked, pass } = service();
    const all = ['1', '2', '3', '4', '5', '6', '7'];
    all.forEach(begin);
    expect(asked).toEqual(all.slice(0, 5));
    pass(10_000);
    begin('8');
    expect(asked.at(-1)).toBe('8');
  });
});
