import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Failure, type FailureCode } from '../../../widget/http/failure.ts';
import { pauseBefore, retryAfterMs } from '../../../widget/http/retry.ts';

const calm = (): number => 0;
const failed = (code: FailureCode, retryAfter: number | null = null): Failure =>
  new Failure(code, 'crm', { retryAfterMs: retryAfter });

describe('the pause that a service asks for', () => {
  it.each<[string, unknown, string | null, number | null]>([
    ['seconds in the body', { retry_after: 3 }, null, 3000],
    ['seconds in the header', null, '3', 3000],
    ['a fraction of a second', { retry_after: '0.5' }, null, 500],
    ['the body before the header', { retry_after: 1 }, '9', 1000],
    ['a date that has passed', null, 'Mon, 02 Nov 2020 09:00:00 GMT', 0],
    ['a time before now', { retry_after: -5 }, null, 0],
    ['a date in the far future', null, 'Mon, 02 Nov 2099 09:00:00 GMT', 3_600_000],
    ['nothing', { detail: 'Too many' }, null, null],
    ['an empty header', null, '', null],
    ['a word', null, 'soon', null],
    ['the header when the body has something else', { retry_after: { in: 3 } }, '2', 2000],
    ['the header when the body has nothing', { retry_after: null }, '2', 2000],
    ['the header when the body has a word', { retry_after: 'soon' }, '2', 2000],
    ['blanks', { retry_after: ' ' }, ' ', null],
    ['infinity', { retry_after: 'Infinity' }, null, null],
  ])('is read from %s', (_what, body, header, ms) => {
    expect(retryAfterMs(body, header)).toBe(ms);
  });

  it('is read from a date', () => {
    const soon = new Date(Date.now() + 30_000).toUTCString();
    expect(retryAfterMs(null, soon)).toBeGreaterThan(28_000);
    expect(retryAfterMs(null, soon)).toBeLessThanOrEqual(30_000);
  });
});

describe('a read that failed', () => {
  it('is sent again twice, after a pause that grows', () => {
    expect([1, 2, 3].map(attempt => pauseBefore(attempt, failed('down'), calm))).toEqual([300, 600, null]);
  });

  it.each<FailureCode>([
    'timeout',
    'cancelled',
    'signed-out',
    'forbidden',
    'missing',
    'refused',
    'unreadable',
  ])('is not sent again when it is %s', code => {
    expect(pauseBefore(1, failed(code), calm)).toBeNull();
  });

  it('waits as long as the service asks, and is not sent again when that is too long', () => {
    expect(pauseBefore(1, failed('too-many', 2000), calm)).toBe(2000);
    expect(pauseBefore(1, failed('too-many', 4001), calm)).toBeNull();
  });

  it('never waits less than the service asks, or longer than people would wait', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 2 }),
        fc.option(fc.integer({ min: 0, max: 4000 })),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (attempt, asked, random) => {
          const pause = pauseBefore(attempt, failed('too-many', asked), () => random);
          expect(pause).toBeGreaterThanOrEqual(asked ?? 300);
          expect(pause).toBeLessThanOrEqual(4000);
        },
      ),
    );
  });

  it('is sent again at a different time in each window of an office', () => {
    const pauses = [0, 0.3, 0.9].map(random => pauseBefore(1, failed('too-many', 1000), () => random));
    expect(new Set(pauses).size).toBe(3);
  });
});
