import { describe, expect, it } from 'vitest';
import { dealsAlong, movesOf } from '../../../domain/deals-along.ts';
import type { Deal } from '../../../domain/deal.ts';
import type { Employee } from '../../../domain/employee.ts';

const employee = (id: string): Employee => ({
  id,
  name: id,
  email: '',
  group: '',
  groupId: '0',
  active: id !== 'left',
  admin: false,
  free: false,
  editsContacts: 'unknown',
});
const deal = (id: string, ownerId: string | null, isOpen = true): Deal => ({
  id,
  name: id,
  ownerId,
  pipelineId: '1',
  stageId: '2',
  isOpen,
  address: '',
});
const DEALS = [
  deal('mine', 'me'),
  deal('owners', 'owner'),
  deal('theirs', 'colleague'),
  deal('free', 'nobody'),
  deal('left', 'left'),
  deal('won', 'owner', false),
];
const along = (given: Partial<Parameters<typeof dealsAlong>[0]> = {}) =>
  dealsAlong({
    deals: DEALS,
    rule: 'ask',
    clientOwnerId: 'owner',
    seenBy: { me: 'me', standInOwners: ['nobody'], employee },
    ...given,
  });
const coming = (given?: Parameters<typeof along>[0]): readonly string[] =>
  movesOf(along(given)).map(({ id }) => id);

describe('the deals that come along with a client', () => {
  it('are the open deals of the client’s responsible and the free ones, unless ticked otherwise', () => {
    expect(coming()).toEqual(['owners', 'free', 'left']);
    expect(
      coming({
        ticks: new Map([
          ['theirs', true],
          ['free', false],
        ]),
      }),
    ).toEqual(['owners', 'theirs', 'left']);
  });

  it('have the id of their previous responsible', () => {
    expect(movesOf(along()).at(0)).toEqual({ id: 'owners', fromId: 'owner' });
  });

  it.each([
    ['always', ['owners', 'free', 'left']],
    ['never', []],
  ] as const)('are not the seller’s choice when the rule is %s', (rule, ids) => {
    const ticks = new Map([
      ['theirs', true],
      ['owners', false],
    ]);
    expect(coming({ rule, ticks })).toEqual(ids);
    expect(along({ rule }).every(({ isChoice }) => !isChoice)).toBe(true);
  });

  it('are never those that I have already', () => {
    expect(coming({ ticks: new Map([['mine', true]]) })).not.toContain('mine');
  });

  it('are listed as mine, the owner’s, a colleague’s or free', () => {
    expect(along().map(({ whose }) => whose)).toEqual(['mine', 'owners', 'colleagues', 'free', 'free']);
  });

  it('start with the deal whose card is open', () => {
    expect(along({ thisDealId: 'free' }).map(one => one.deal.id)).toEqual([
      'free',
      'mine',
      'owners',
      'theirs',
      'left',
    ]);
  });
});
