import { beforeEach, describe, expect, it } from 'vitest';
import { HEAD_OF_SALES, SELLER_A, SELLER_B } from '../../../world/people.ts';
import { A, claimStage, dealsOf, fatesIn, from, owners, patchesIn, type ClaimStage } from './claim-stage.ts';

let at: ClaimStage;
beforeEach(async () => {
  at = await claimStage();
});

describe.each(['theirs', 'givers'] as const)('rights to deals, where the request has %s', rights => {
  beforeEach(() => {
    at.world.oddities.contextRights = rights;
  });

  it.each([
    ['A', 'colleague', 'moved'],
    ['A', 'other group', 'moved'],
    ['G', 'colleague', 'moved'],
    ['G', 'other group', 'refused'],
    ['M', 'colleague', 'refused'],
    ['M', 'own', 'moved'],
    ['D', 'own', 'refused'],
    ['D', 'colleague', 'refused'],
  ] as const)('with the right "%s" a deal of "%s" is %s', async (edit, whose, fate) => {
    at.user(SELLER_A).leads = { view: 'A', edit };
    if (whose === 'other group') at.user(SELLER_B).groupId = 493_002;
    const fromId = whose === 'own' ? SELLER_A : SELLER_B;
    const deal = at.deal(fromId);
    at.client.responsibleUserId = HEAD_OF_SALES;
    const outcome = await at.perform({
      ...dealsOf(at, [from(deal, String(fromId))]),
      whileOwnerId: String(HEAD_OF_SALES),
      toId: String(HEAD_OF_SALES),
    } as const);
    expect(fatesIn(outcome)).toEqual([[fate, String(fate === 'moved' ? HEAD_OF_SALES : fromId)]]);
    expect(outcome.kind).toBe(fate === 'moved' ? 'done' : 'refused');
    expect(owners(deal)).toEqual([fate === 'moved' ? HEAD_OF_SALES : fromId]);
  });

  it('an administrator needs no such right', async () => {
    at.user(SELLER_A).leads = { view: 'D', edit: 'D' };
    at.user(SELLER_A).isAdmin = true;
    expect(fatesIn(await at.perform(dealsOf(at, [from(at.deal())])))).toEqual([['moved', A]]);
  });

  it('a deal that the person may not see is "missing", without its name and owner', async () => {
    at.user(SELLER_A).leads = { view: 'M', edit: 'A' };
    const deal = at.deal();
    const outcome = await at.perform(dealsOf(at, [from(deal)]));
    expect(outcome).toEqual({
      kind: 'done',
      deals: [{ id: String(deal.id), name: null, fate: 'missing', owner: null }],
    });
    expect([owners(deal), patchesIn(at)]).toEqual([[SELLER_B], 0]);
  });

  it('a deal that the person may not edit does not hinder the others', async () => {
    at.user(SELLER_A).leads = { view: 'A', edit: 'G' };
    at.user(HEAD_OF_SALES).groupId = 493_002;
    const [mine, theirs] = [at.deal(SELLER_B), at.deal(HEAD_OF_SALES)];
    const outcome = await at.perform(dealsOf(at, [from(mine), from(theirs, String(HEAD_OF_SALES))]));
    expect(outcome.kind).toBe('done');
    expect(fatesIn(outcome)).toEqual([
      ['moved', A],
      ['refused', String(HEAD_OF_SALES)],
    ]);
    expect(patchesIn(at)).toBe(1);
  });

  it.each([
    ['has left', { isActive: false }],
    ['is now a user of the free plan', { isFree: true }],
  ])('no deal moves for a person who %s', async (_what, change) => {
    Object.assign(at.user(SELLER_A), change);
    const deal = at.deal();
    const outcome = await at.perform(dealsOf(at, [from(deal)]));
    expect([outcome.kind, fatesIn(outcome)]).toEqual(['refused', [['refused', null]]]);
    expect([owners(deal), patchesIn(at)]).toEqual([[SELLER_B], 0]);
  });
});
