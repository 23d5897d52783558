import { describe, expect, it } from 'vitest';
import { numbersIn } from '../../../../server/follow/numbers.ts';

describe('a phone in a card', () => {
  it.each([
    ['+7 916 000-00-01 ext. 12', 'RU', '79160000001'],
    ['8 (495) 123-45-67 доб. 12', 'RU', '74951234567'],
    ['9160000001', 'RU', '79160000001'],
    ['8 916 000-00-01', 'RU', '79160000001'],
    ['8-10-49-30-901820', 'RU', '4930901820'],
    ['+49 (0)30 901820', 'RU', '4930901820'],
    ['тел. 9160000001 (мама)', 'RU', '79160000001'],
    ['77012345678', 'KZ', '77012345678'],
    ['375291234567', 'RU', '375291234567'],
    ['79160000001', 'US', '79160000001'],
    ['11 91234-5678', 'BR', '5511912345678'],
    ['0812-3456-7890', 'ID', '6281234567890'],
    ['0532 123 45 67', 'TR', '905321234567'],
    ['+7 916 000-00-01', '', '79160000001'],
  ])('%s in %s is %s', (field, country, number) => {
    expect(numbersIn([field], country)).toEqual([number]);
  });

  it('may be one of several in a field, and counts once in two fields', () => {
    const fields = ['+7 916 000-00-01, +7 916 000-00-02', '8 916 000 00 02', '79160000001 79160000003'];
    expect(numbersIn(fields, 'RU')).toEqual(['79160000001', '79160000002', '79160000003']);
  });

  it('is read by its country code when the same digits fit two countries', () => {
    expect(numbersIn(['(659) 555-0100'], 'US')).toEqual(['16595550100']);
    expect(numbersIn(['+65 9555 0100'], 'US')).toEqual(['6595550100']);
  });

  it.each(['12.01.1990', 'anna19900101', 'позвонить завтра', '12345', '+0123', '9160000001'])(
    'is not read from %s without a country',
    field => {
      expect(numbersIn([field], '')).toEqual([]);
    },
  );

  it.each(['12.01.1990', 'anna19900101', '12345'])('is not read from %s', field => {
    expect(numbersIn([` ${field} `, ''], 'RU')).toEqual([]);
  });
});
