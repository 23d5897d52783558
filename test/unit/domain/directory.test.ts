import { describe, expect, it } from 'vitest';
import { activeFirst, directoryOf, matcherOf, withMore } from '../../../domain/directory.ts';
import type { Employee } from '../../../domain/employee.ts';
import { employee } from '../people.ts';

const named = (name: string, active = true): Employee =>
  employee({ id: name, name, email: `${name.length}@example.com`, group: 'Отдел продаж', active });

describe('the list of employees', () => {
  it('puts people who have left last and sorts the others by the Russian alphabet', () => {
    const names = [named('Яна'), named('Борис', false), named('Ёлкина'), named('Егоров'), named('Жуков')];
    expect(activeFirst(directoryOf(names, 'ru')).map(({ name }) => name)).toEqual([
      'Егоров',
      'Ёлкина',
      'Жуков',
      'Яна',
      'Борис',
    ]);
  });

  it('ranks the groups by name', () => {
    const people = [
      employee({ id: '1', name: 'А', group: 'Юристы', groupId: '7' }),
      employee({ id: '2', name: 'Б', group: 'Архив', groupId: '9' }),
    ];
    expect(directoryOf(people, 'ru').map(({ groupRank }) => groupRank)).toEqual([1, 0]);
  });
});

describe('a list that is not complete', () => {
  const first = withMore([], [named('Яна'), named('Борис')], 'ru');
  const then = withMore(first, [named('Вера'), named('Анна')], 'ru');

  it('keeps the places of people when more people arrive', () => {
    expect(then.map(({ employee }) => employee.name)).toEqual(['Борис', 'Яна', 'Анна', 'Вера']);
    expect(then.map(({ nameRank }) => nameRank)).toEqual([0, 1, 2, 3]);
  });

  it('keeps a group together, also when its people arrive later', () => {
    const of = (id: string, groupId: string): Employee => employee({ id, name: id, group: groupId, groupId });
    const one = withMore([], [of('1', 'b'), of('2', 'a')], 'ru');
    const two = withMore(one, [of('3', 'a'), of('4', 'c'), of('5', 'b')], 'ru');
    const rankOf = (id: string) => two.find(({ employee }) => employee.id === id)?.groupRank;
    expect([rankOf('1'), rankOf('2'), rankOf('4')]).toEqual([rankOf('5'), rankOf('3'), 2]);
  });
});

describe('a search for employees', () => {
  const finds = (typed: string): boolean =>
    directoryOf([named('Артём')], 'ru').some(({ text }) => matcherOf(typed)(text));

  it.each(['артем', 'АРТЁМ', ' ём ', '5@example', 'продаж', 'продаж артем', '', ' ', 'АРТЕ\u0308М'])(
    'finds Artyom by "%s"',
    typed => expect(finds(typed)).toBe(true),
  );

  it.each(['Борис', 'Артём Борис', 'артём5'])('does not find Artyom by "%s"', typed =>
    expect(finds(typed)).toBe(false),
  );
});
