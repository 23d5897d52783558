import { describe, expect, it } from 'vitest';
import { ownershipOf } from '../../../domain/ownership.ts';
import { employee } from '../people.ts';

const people = new Map(
  [
    employee({ id: '1', active: true }),
    employee({ id: '2', active: true }),
    employee({ id: '3', active: false }),
  ].map(one => [one.id, one]),
);
const seenByMe = { me: '1', standInOwners: ['2'], employee: (id: string) => people.get(id) };

describe('whose client a contact is', () => {
  it.each([
    ['mine when I am responsible', '1', { kind: 'mine' }],
    ['free when the responsible is a stand-in owner', '2', { kind: 'free', because: 'stand-in' }],
    ['free when the responsible is deactivated', '3', { kind: 'free', because: 'deactivated' }],
    ['free when the responsible is no longer in the CRM', '9', { kind: 'free', because: 'deleted' }],
    ['free when there is no responsible', null, { kind: 'free', because: 'absent' }],
  ])('is %s', (_, ownerId, expected) => {
    expect(ownershipOf(ownerId, seenByMe)).toEqual(expected);
  });

  it('is a colleague’s when that colleague is active and no stand-in owner', () => {
    expect(ownershipOf('2', { ...seenByMe, standInOwners: [] })).toEqual({
      kind: 'colleagues',
      owner: people.get('2'),
    });
  });

  it('is free for the stand-in owner too', () => {
    expect(ownershipOf('1', { ...seenByMe, standInOwners: ['1'] })).toEqual({
      kind: 'free',
      because: 'stand-in',
    });
  });
});
