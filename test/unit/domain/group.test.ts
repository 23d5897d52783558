import { expect, it } from 'vitest';
import { groupsOf } from '../../../domain/group.ts';
import { employee } from '../people.ts';

it('lists each group once, sorted by the reader’s language', () => {
  const people = [
    employee({ id: '1', groupId: '7', group: 'Юристы' }),
    employee({ id: '2', groupId: '9', group: 'Ёлки' }),
    employee({ id: '3', groupId: '7', group: 'Юристы' }),
    employee({ id: '4', groupId: '0', group: 'Жильё' }),
  ];
  expect(groupsOf(people, 'ru')).toEqual([
    { id: '9', name: 'Ёлки' },
    { id: '0', name: 'Жильё' },
    { id: '7', name: 'Юристы' },
  ]);
});

it('tells groups with the same name apart', () => {
  const of = (id: string, group: string, groupId: string) => employee({ id, group, groupId });
  const people = [of('1', 'Sales', '7'), of('2', 'Sales', '9'), of('3', 'Support', '8'), of('4', '', '5')];
  expect(groupsOf(people, 'en').map(({ name }) => name)).toEqual(['', 'Sales (#7)', 'Sales (#9)', 'Support']);
});
