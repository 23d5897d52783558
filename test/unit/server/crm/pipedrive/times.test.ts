import { describe, expect, it } from 'vitest';
import { dueAt, momentIn, rfc3339 } from '../../../../../server/crm/pipedrive/times.ts';

const NOON = Date.UTC(2026, 0, 5, 12);

describe('a moment', () => {
  it.each([
    ['2026-01-05T12:00:00Z', NOON],
    ['2026-01-05T12:00:00.123Z', NOON + 123],
    ['2026-01-05T15:00:00+03:00', NOON],
    ['2026-01-05 12:00:00', NOON],
    [' 2026-01-05 12:00:00 ', NOON],
    [NOON / 1000, NOON],
    [String(NOON / 1000), NOON],
    [NOON, NOON],
    [String(NOON), NOON],
  ])('is read from %j', (written, moment) => {
    expect(momentIn(written)).toBe(moment);
  });

  it.each([
    '',
    'now',
    '2026-01-05',
    '2026-13-45 12:00:00',
    '0000-00-00 00:00:00',
    -1,
    NaN,
    Infinity,
    1e300,
    null,
    undefined,
    {},
    [],
    true,
  ])('cannot be read from %j', written => {
    expect(momentIn(written)).toBeNull();
  });

  it('is written in UTC', () => {
    expect(rfc3339(NOON / 1000 + 0.9)).toBe('2026-01-05T12:00:00Z');
    expect(dueAt(NOON / 1000 + 61)).toEqual({ due_date: '2026-01-05', due_time: '12:01:01' });
  });
});
