import { describe, expect, it } from 'vitest';
import { activeFirst, directoryOf, matcherOf } from '../../../widget/domain/directory.ts';
import type { Employee } from '../../../widget/domain/employee.ts';
import { employee } from '../people.ts';

const named = (name: string, active = true): Employee =>
  employee({ id: name, name, email: `${name.length}@example.com`, group: 'Отдел продаж', active });

describe('the list of employees', () => {
  it('puts people who left the team last and sorts the rest as Russian readers do', () => {
    const names = [named('Яна'), named('Борис', false), named('Ёлкина'), named('Егоров'), named('Жуков')];
    expect(activeFirst(directoryOf(names, 'ru')).map(({ name }) => name)).toEqual([
      'Егоров',
      'Ёлкина',
      'Жуков',
      'Яна',
      'Борис',
    ]);
  });

  it('knows where each group stands', () => {
    const people = [
      employee({ id: '1', name: 'А', group: 'Юристы', groupId: '7' }),
      employee({ id: '2', name: 'Б', group: 'Архив', groupId: '9' }),
    ];
    expect(directoryOf(people, 'ru').map(({ groupRank }) => groupRank)).toEqual([1, 0]);
  });
});

describe('a search for employees', () => {
  const finds = (typed: string): boolean =>
    directoryOf([named('Артём')], 'ru').some(({ text }) => matcherOf(typed)(text));

  it.each(['артем', 'АРТЁМ', ' ём ', '5@example', 'продаж', 'продаж артем', '', ' ', 'АРТЕ\u0308М'])(
    'finds Артём by "%s"',
    typed => expect(finds(typed)).toBe(true),
  );

  it.each(['Борис', 'Артём Борис', 'артём5'])('does not find him by "%s"', typed =>
    expect(finds(typed)).toBe(false),
  );
});
