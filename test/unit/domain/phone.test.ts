import { describe, expect, it } from 'vitest';
import { chatNumber } from '../../../domain/phone.ts';

describe('a phone number for the chat service', () => {
  it.each([
    ['+7 (916) 000-00-01', 'RU', '79160000001'],
    ['8 916 000 00 01', 'RU', '79160000001'],
    ['8 701 000 00 01', 'KZ', '77010000001'],
    ['916 000-00-01', 'RU', '79160000001'],
    ['+49 30 901820', 'RU', '4930901820'],
    ['8 916 000 00 01', 'UZ', '89160000001'],
    ['+62 812 3456 789', 'ID', '628123456789'],
  ])('%s in %s becomes %s', (written, country, number) => {
    expect(chatNumber(written, country)).toBe(number);
  });

  it.each(['', 'call me', '123', '0916 000 000', '1'.repeat(16)])('cannot be made from "%s"', written => {
    expect(chatNumber(written, 'RU')).toBeNull();
  });
});
