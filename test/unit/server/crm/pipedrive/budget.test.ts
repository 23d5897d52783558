import { describe, expect, it } from 'vitest';
import { budgetGoneFor, secondsIn } from '../../../../../server/crm/pipedrive/budget.ts';

const refused = (headers: Record<string, string>) => ({ status: 429, headers: new Headers(headers) });

describe('the pause that Pipedrive asks for', () => {
  it.each([
    [{ 'Retry-After': '2' }, 2],
    [{ 'x-ratelimit-reset': '1.5' }, 2],
    [{ 'Retry-After': '2', 'x-ratelimit-reset': '7200' }, 2],
    [{ 'Retry-After': 'Mon, 30 Nov 2026 23:59:59 GMT', 'x-ratelimit-reset': '7200' }, 7200],
    [{ 'Retry-After': '-1' }, 0],
    [{ 'x-ratelimit-reset': '90001' }, 0],
    [{}, 0],
  ] as const)('with %j is %i seconds', (headers, seconds) => {
    expect(secondsIn(new Headers(headers))).toBe(seconds);
  });
});

describe('the daily budget', () => {
  it.each([
    ['is used up for as long as the answer says', { 'x-ratelimit-reset': '7200' }, 7200],
    [
      'is used up for minutes at least',
      { 'x-daily-ratelimit-token-remaining': '0', 'Retry-After': '2' },
      300,
    ],
    ['is not used up by a burst of requests', { 'Retry-After': '2' }, null],
    ['is not known to be used up by a refusal alone', {}, null],
  ] as const)('%s', (_what, headers, seconds) => {
    expect(budgetGoneFor(refused(headers))).toBe(seconds);
  });

  it('is not used up if the answer is no refusal', () => {
    expect(budgetGoneFor({ status: 200, headers: new Headers({ 'x-ratelimit-reset': '7200' }) })).toBeNull();
  });
});
