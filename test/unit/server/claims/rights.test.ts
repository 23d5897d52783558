import { describe, expect, it } from 'vitest';
import type { CrmDeal } from '../../../../server/crm/acting.ts';
import type { CrmPerson, Letter } from '../../../../server/crm/person.ts';
import {
  asksForGroups,
  mayAct,
  mayAddTo,
  mayComplete,
  mayEditDeal,
  maySeeDeal,
} from '../../../../server/claims/rights.ts';

const LETTERS = ['A', 'G', 'M', 'D'] as const;
const OWNERS = {
  own: { id: '1', groupId: undefined },
  group: { id: '2', groupId: '7' },
  elsewhere: { id: '3', groupId: null },
  unknown: { id: '4', groupId: undefined },
} as const;
/** Whose things each letter reaches. */
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

const person = (given: Partial<CrmPerson> = {}): CrmPerson => ({
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

describe.each(EACH)('the letter %s over what is %s', (letter, whose, reaches) => {
  const owner = OWNERS[whose];

  it(`${reaches ? 'lets' : 'does not let'} them see, change, add and complete`, () => {
    const limited = person({
      contacts: { view: letter, edit: 'D' },
      deals: { view: 'A', edit: letter },
      tasks: { edit: letter },
    });
    expect(mayEditDeal(limited, DEAL, owner)).toBe(reaches);
    expect(mayAddTo(limited, owner)).toBe(reaches);
    expect(mayComplete(limited, owner)).toBe(reaches);
    const blind = person({ deals: { view: letter, edit: 'A' } });
    expect(maySeeDeal(blind, DEAL, owner)).toBe(reaches);
    expect(mayEditDeal(blind, DEAL, owner)).toBe(reaches);
  });

  it('does not bind an administrator', () => {
    const all = { view: letter, edit: letter };
    const admin = person({ isAdmin: true, contacts: all, deals: all, tasks: all, stages: [stage('D', 'D')] });
    expect(mayEditDeal(admin, DEAL, owner)).toBe(true);
    expect(mayAddTo(admin, owner)).toBe(true);
    expect(mayComplete(admin, owner)).toBe(true);
  });
});

describe('rights of a stage', () => {
  it('narrow those to deals, in that stage of that pipeline', () => {
    expect(mayEditDeal(person({ stages: [stage('A', 'M')] }), DEAL, OWNERS.group)).toBe(false);
    expect(mayEditDeal(person({ stages: [stage('D', 'A')] }), DEAL, OWNERS.group)).toBe(false);
    expect(mayEditDeal(person({ stages: [stage('D', 'D', '1')] }), DEAL, OWNERS.group)).toBe(true);
    const elsewhere = { ...stage('D', 'D'), pipelineId: '1' };
    expect(mayEditDeal(person({ stages: [elsewhere] }), DEAL, OWNERS.group)).toBe(true);
  });

  it('do not widen them', () => {
    const limited = person({ deals: { view: 'A', edit: 'M' }, stages: [stage('A', 'A')] });
    expect(mayEditDeal(limited, DEAL, OWNERS.group)).toBe(false);
  });
});

it('nobody acts who has left, whom the CRM does not know, or who uses the free plan', () => {
  const people = [person(), null, person({ active: false }), person({ isFree: true })];
  expect(people.map(mayAct)).toEqual([true, false, false, false]);
});

it('groups are asked for where a letter is about them', () => {
  const G = { view: 'G', edit: 'A' } as const;
  expect(asksForGroups(person())).toBe(false);
  expect(asksForGroups(person({ contacts: G }))).toBe(true);
  expect(asksForGroups(person({ deals: G }))).toBe(true);
  expect(asksForGroups(person({ tasks: { edit: 'G' } }))).toBe(true);
  expect(asksForGroups(person({ stages: [stage('A', 'G')] }))).toBe(true);
  expect(asksForGroups(person({ contacts: G, isAdmin: true }))).toBe(false);
});

it('the group that every account has is one group', () => {
  const limited = person({ groupId: null, deals: { view: 'G', edit: 'G' } });
  expect(mayEditDeal(limited, DEAL, { id: '2', groupId: null })).toBe(true);
  expect(mayEditDeal(limited, DEAL, { id: '2', groupId: '7' })).toBe(false);
});
