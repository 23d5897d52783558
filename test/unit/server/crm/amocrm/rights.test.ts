import { describe, expect, it } from 'vitest';
import type { CrmEmployee, Letter } from '../../../../../server/crm/amocrm/person.ts';
import { withRights } from '../../../../../server/crm/amocrm/rights.ts';
import type { CrmDeal } from '../../../../../server/crm/deal.ts';
import type { CrmPerson } from '../../../../../server/crm/person.ts';

const LETTERS = ['A', 'G', 'M', 'D'] as const;
const OWNERS = {
  own: { id: '1', groupId: undefined },
  group: { id: '2', groupId: '7' },
  elsewhere: { id: '3', groupId: null },
  unknown: { id: '4', groupId: undefined },
} as const;
/** The owners whose records each letter covers. */
const REACH: Readonly<Record<Letter, readonly (keyof typeof OWNERS)[]>> = {
  A: ['own', 'group', 'elsewhere', 'unknown'],
  G: ['own', 'group'],
  M: ['own'],
  D: [],
};
const EACH = LETTERS.flatMap(letter =>
  (['own', 'group', 'elsewhere', 'unknown'] as const).map(
    whose => [letter, whose, REACH[letter].includes(whose)] as const,
  ),
);

const person = (given: Partial<CrmEmployee> = {}): CrmPerson =>
  withRights({
    id: '1',
    name: 'Anna',
    active: true,
    isAdmin: false,
    isFree: false,
    groupId: '7',
    contacts: { view: 'A', edit: 'A' },
    deals: { view: 'A', edit: 'A' },
    tasks: { edit: 'A' },
    stages: [],
    ...given,
  });
const DEAL: CrmDeal = { id: '9', name: 'Doors', ownerId: '2', pipelineId: '5', stageId: '6', isOpen: true };
const stage = (view: Letter, edit: Letter, stageId = '6') => ({
  of: 'leads',
  pipelineId: '5',
  stageId,
  view,
  edit,
});

describe.each(EACH)('the right "%s" for a record whose owner is "%s"', (letter, whose, reaches) => {
  const owner = OWNERS[whose];

  it(`${reaches ? 'lets' : 'does not let'} a person see, change, add and complete`, () => {
    const limited = person({
      contacts: { view: letter, edit: 'D' },
      deals: { view: 'A', edit: letter },
      tasks: { edit: letter },
    });
    expect(limited.mayEditDeal(DEAL, owner)).toBe(reaches);
    expect(limited.mayAddTo(owner)).toBe(reaches);
    expect(limited.mayComplete(owner)).toBe(reaches);
    const blind = person({ deals: { view: letter, edit: 'A' } });
    expect(blind.maySeeDeal(DEAL, owner)).toBe(reaches);
    expect(blind.mayEditDeal(DEAL, owner)).toBe(reaches);
  });

  it('does not limit an administrator', () => {
    const all = { view: letter, edit: letter };
    const admin = person({ isAdmin: true, contacts: all, deals: all, tasks: all, stages: [stage('D', 'D')] });
    expect(admin.mayEditDeal(DEAL, owner)).toBe(true);
    expect(admin.mayAddTo(owner)).toBe(true);
    expect(admin.mayComplete(owner)).toBe(true);
  });
});

describe('the rights of a stage', () => {
  it('narrow the rights to deals in that stage of that pipeline', () => {
    expect(person({ stages: [stage('A', 'M')] }).mayEditDeal(DEAL, OWNERS.group)).toBe(false);
    expect(person({ stages: [stage('D', 'A')] }).mayEditDeal(DEAL, OWNERS.group)).toBe(false);
    expect(person({ stages: [stage('D', 'D', '1')] }).mayEditDeal(DEAL, OWNERS.group)).toBe(true);
    const elsewhere = { ...stage('D', 'D'), pipelineId: '1' };
    expect(person({ stages: [elsewhere] }).mayEditDeal(DEAL, OWNERS.group)).toBe(true);
  });

  it('do not widen them', () => {
    const limited = person({ deals: { view: 'A', edit: 'M' }, stages: [stage('A', 'A')] });
    expect(limited.mayEditDeal(DEAL, OWNERS.group)).toBe(false);
  });
});

it('a person who has left or uses the free plan may not act', () => {
  const people = [person(), person({ active: false }), person({ isFree: true })];
  expect(people.map(({ mayAct }) => mayAct)).toEqual([true, false, false]);
});

it('groups are requested only when a right depends on them', () => {
  const G = { view: 'G', edit: 'A' } as const;
  expect(person().asksForGroups).toBe(false);
  expect(person({ contacts: G }).asksForGroups).toBe(true);
  expect(person({ deals: G }).asksForGroups).toBe(true);
  expect(person({ tasks: { edit: 'G' } }).asksForGroups).toBe(true);
  expect(person({ stages: [stage('A', 'G')] }).asksForGroups).toBe(true);
  expect(person({ contacts: G, isAdmin: true }).asksForGroups).toBe(false);
});

it('the default group counts as a group', () => {
  const limited = person({ groupId: null, deals: { view: 'G', edit: 'G' } });
  expect(limited.mayEditDeal(DEAL, { id: '2', groupId: null })).toBe(true);
  expect(limited.mayEditDeal(DEAL, { id: '2', groupId: '7' })).toBe(false);
});
