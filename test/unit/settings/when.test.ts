import { describe, expect, it } from 'vitest';
import { whenOf } from '../../../widget/settings/when.ts';

const NOW = new Date(2026, 10, 5, 15, 0).getTime();

describe('a moment in words', () => {
  it.each([
    [new Date(2026, 10, 5, 14, 5), 'ru', { day: 'сегодня', time: '14:05' }],
    [new Date(2026, 10, 5, 0, 0), 'ru', { day: 'сегодня', time: '00:00' }],
    [new Date(2026, 10, 4, 23, 59), 'ru', { day: 'вчера', time: '23:59' }],
    [new Date(2026, 10, 3, 9, 30), 'ru', { day: '3 ноября', time: '09:30' }],
    [new Date(2026, 10, 3, 9, 30), 'en-GB', { day: '3 November', time: '09:30' }],
    [new Date(2026, 10, 4, 9, 30), 'en-GB', { day: 'yesterday', time: '09:30' }],
  ])('says %s in %s', (at, locale, words) => {
    expect(whenOf(at.getTime(), NOW, locale)).toEqual(words);
  });
});
