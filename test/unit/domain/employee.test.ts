import { describe, expect, it } from 'vitest';
import { inOrder, matches, type Employee } from '../../../widget/domain/employee.ts';
import { employee } from '../people.ts';

const named = (name: string, active = true): Employee =>
  employee({ id: name, name, email: `${name.length}@example.com`, group: 'Отдел продаж', active });

describe('the list of employees', () => {
  it('puts people who left the team last and sorts the rest as Russian readers do', () => {
    const names = [named('Яна'), named('Борис', false), named('Ёлкина'), named('Егоров'), named('Жуков')];
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
    expect(matches(named('Артём'), typed)).toBe(true);
  });

  it('does not find him by somebody else’s name', () => {
    expect(matches(named('Артём'), 'Борис')).toBe(false);
  });
});
