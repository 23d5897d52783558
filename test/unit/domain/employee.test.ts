import { describe, expect, it } from 'vitest';
import { inOrder, matches, type Employee } from '../../../widget/domain/employee.ts';

const employee = (name: string, active = true): Employee => ({
  id: name,
  name,
  email: `${name.length}@example.com`,
  group: 'Отдел продаж',
  active,
  admin: false,
});

describe('the list of employees', () => {
  it('puts people who left the team last and sorts the rest as Russian readers do', () => {
    const names = [
      employee('Яна'),
      employee('Борис', false),
      employee('Ёлкина'),
      employee('Егоров'),
      employee('Жуков'),
    ];
    expect(inOrder(names, 'ru').map(({ name }) => name)).toEqual([
      'Егоров',
      'Ёлкина',
      'Жуков',
      'Яна',
      'Борис',
    ]);
  });
});

describe('a search for employees', () => {
  it.each(['артем', 'АРТЁМ', ' ём ', '5@example', 'продаж'])('finds Артём by "%s"', typed => {
    expect(matches(employee('Артём'), typed)).toBe(true);
  });

  it('does not find him by somebody else’s name', () => {
    expect(matches(employee('Артём'), 'Борис')).toBe(false);
  });
});
