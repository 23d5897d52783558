import { describe, expect, it } from 'vitest';
import { agoOf, whenOf } from '../../../../widget/words/when.ts';

const NOW = new Date(2026, 10, 5, 15, 0).getTime();

describe('a moment in words', () => {
  it.each([
    [new Date(2026, 10, 5, 14, 5), 'ru', { day: 'сегодня', time: '14:05' }],
    [new Date(2026, 10, 5, 0, 0), 'ru', { day: 'сегодня', time: '00:00' }],
    [new Date(2026, 10, 4, 23, 59), 'ru', { day: 'вчера', time: '23:59' }],
    [new Date(2026, 10, 3, 9, 30), 'ru', { day: '3 ноября', time: '09:30' }],
    [new Date(2026, 10, 3, 9, 30), 'en-GB', { day: '3 November', time: '09:30' }],
    [new Date(2026, 10, 4, 9, 30), 'en-GB', { day: 'yesterday', time: '09:30' }],
  ])('is said as a day and a time: %s in %s', (at, locale, words) => {
    expect(whenOf(at.getTime(), NOW, locale)).toEqual(words);
  });
});

describe('the time that has passed', () => {
  it.each([
    [-5000, 'ru', 'в эту минуту'],
    [59_999, 'ru', 'в эту минуту'],
    [180_000, 'ru', '3 минуты назад'],
    [3_599_999, 'en', '59 minutes ago'],
    [7_200_000, 'en', '2 hours ago'],
  ])('is said in words: %s milliseconds in %s', (ms, locale, words) => {
    expect(agoOf(ms, locale)).toBe(words);
  });
});
