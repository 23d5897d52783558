import { expect, it } from 'vitest';
import { groupsOf } from '../../../widget/domain/group.ts';
import { employee } from '../people.ts';

it('groups are named once each, as the reader’s language sorts them', () => {
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
