import { beforeEach, describe, expect, it } from 'vitest';
import { ADMIN, HEAD_OF_SALES, NOBODY, SELLER_A, SELLER_B } from '../../../world/people.ts';
import {
  B,
  claimStage,
  dealsOf,
  fatesIn,
  from,
  giftOf,
  losing,
  owners,
  PATCH_DEALS,
  type ClaimStage,
  A,
} from './claim-stage.ts';

let at: ClaimStage;
beforeEach(async () => {
  at = await claimStage();
});

describe('deals that the page has not read', () => {
  const always = (standInOwners: readonly number[] = [NOBODY], deals = 'always'): string =>
    JSON.stringify({ v: 1, standInOwners, claims: { deals } });

  it('come along when the admin’s rule is "always"', async () => {
    at.ownSettings = always();
    const left = at.user(HEAD_OF_SALES);
    const [former, free, ofLeft, mine, won] = [
      at.deal(SELLER_B),
      at.deal(NOBODY),
      at.deal(HEAD_OF_SALES),
      at.deal(SELLER_A),
      at.deal(SELLER_B),
    ];
    const colleagues = at.deal(ADMIN);
    left.isActive = false;
    at.world.crm.moveLead(SELLER_B, won.id, 143);
    const outcome = await at.perform(dealsOf(at, null));
    expect(outcome).toMatchObject({
      kind: 'done',
      deals: [former, free, ofLeft].map(({ id }) => ({ id: String(id), fate: 'moved' })),
    });
    expect(owners(former, free, ofLeft, mine, won, colleagues)).toEqual([
      SELLER_A,
      SELLER_A,
      SELLER_A,
      SELLER_A,
      SELLER_B,
      ADMIN,
    ]);
  });

  it.each(['ask', 'never', undefined, 7])('stay when the rule is %j', async rule => {
    at.ownSettings = JSON.stringify({ v: 1, claims: { deals: rule } });
    const deal = at.deal();
    expect(await at.perform(dealsOf(at, null))).toEqual({ kind: 'done', deals: [] });
    expect(owners(deal)).toEqual([SELLER_B]);
  });

  it('stay when the settings cannot be read', async () => {
    at.ownSettings = '{';
    const deal = at.deal();
    expect(await at.perform(dealsOf(at, null))).toEqual({ kind: 'done', deals: [] });
    expect(owners(deal)).toEqual([SELLER_B]);
  });

  it('of a client who is given to a colleague go with the client', async () => {
    at.ownSettings = always();
    at.client.responsibleUserId = SELLER_B;
    const deal = at.deal(SELLER_A);
    expect(fatesIn(await at.perform(giftOf(at, null)))).toEqual([['moved', B]]);
    expect(owners(deal)).toEqual([SELLER_B]);
  });

  it.each(['theirs', 'givers'] as const)('come along only if the person may see them (%s)', async rights => {
    at.world.oddities.contextRights = rights;
    at.ownSettings = always();
    at.user(SELLER_A).leads = { view: 'M', edit: 'A' };
    const deal = at.deal();
    expect(await at.perform(dealsOf(at, null))).toEqual({ kind: 'done', deals: [] });
    expect(owners(deal)).toEqual([SELLER_B]);
  });

  it('are the same at the next try, even if the rules have changed', async () => {
    at.ownSettings = always();
    at.gate = losing(at, PATCH_DEALS, 'after');
    const row = at.row(dealsOf(at, null));
    const deal = at.deal();
    await at.attempt(row);
    expect(row.followUp).toMatchObject({ deals: [from(deal)] });
    at.ownSettings = '';
    expect(fatesIn(await at.finish(row))).toEqual([['moved', A]]);
  });
});
