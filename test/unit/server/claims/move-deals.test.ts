import { beforeEach, describe, expect, it } from 'vitest';
import { HEAD_OF_SALES, SELLER_A, SELLER_B } from '../../../world/people.ts';
import {
  A,
  B,
  claimStage,
  dealsOf,
  fatesIn,
  from,
  giftOf,
  losing,
  movesIn,
  owners,
  PATCH_DEALS,
  patchesIn,
  type ClaimStage,
} from './claim-stage.ts';

let at: ClaimStage;
beforeEach(async () => {
  at = await claimStage();
});

describe('deals that come along', () => {
  it('move all at once, in the name of the person', async () => {
    const deals = [at.deal(SELLER_B, 'One'), at.deal(SELLER_B, 'Two')];
    const outcome = await at.perform(
      dealsOf(
        at,
        deals.map(one => from(one)),
      ),
    );
    expect(outcome).toEqual({
      kind: 'done',
      deals: deals.map(({ id, name }) => ({ id: String(id), name, fate: 'moved', owner: A })),
    });
    expect(at.world.crm.ownerChanges.map(one => [one.createdBy, one.after])).toEqual([
      [SELLER_A, SELLER_A],
      [SELLER_A, SELLER_A],
    ]);
    expect(patchesIn(at)).toBe(1);
  });

  it('move fifty at a time', async () => {
    const deals = Array.from({ length: 120 }, () => at.deal());
    expect(
      await at.perform(
        dealsOf(
          at,
          deals.map(one => from(one)),
        ),
      ),
    ).toMatchObject({ kind: 'done' });
    expect(new Set(owners(...deals))).toEqual(new Set([SELLER_A]));
    expect(patchesIn(at)).toBe(3);
  });

  it('move also when the account ignores filters', async () => {
    at.world.crm.account.filtersLists = false;
    for (let other = 0; other < 60; other += 1) at.world.crm.addLead('Other', [], SELLER_B);
    const deals = [at.deal(), at.deal()];
    await at.perform(
      dealsOf(
        at,
        deals.map(one => from(one)),
      ),
    );
    expect(owners(...deals)).toEqual([SELLER_A, SELLER_A]);
    expect(movesIn(at)).toBe(2);
  });

  it('that have another owner by now, are closed or deleted, or have an invalid id stay as they are', async () => {
    const [taken, won, gone] = [at.deal(HEAD_OF_SALES), at.deal(), at.deal()];
    at.world.crm.moveLead(SELLER_B, won.id, 142);
    gone.isDeleted = true;
    const outcome = await at.perform(
      dealsOf(at, [...[taken, won, gone].map(one => from(one)), { id: '../account', fromId: B }]),
    );
    expect(fatesIn(outcome)).toEqual([
      ['changed', String(HEAD_OF_SALES)],
      ['changed', B],
      ['missing', null],
      ['refused', null],
    ]);
    expect(patchesIn(at)).toBe(0);
    expect(at.asked.filter(one => one.includes('account'))).toEqual([]);
  });

  it('that have a closing time count as closed in any stage', async () => {
    const deal = at.deal();
    deal.closedAt = 1;
    expect(fatesIn(await at.perform(dealsOf(at, [from(deal)])))).toEqual([['changed', B]]);
  });

  it('are void once the client has another owner or is deleted', async () => {
    const deal = at.deal();
    at.client.responsibleUserId = HEAD_OF_SALES;
    expect(await at.perform(dealsOf(at, [from(deal)]))).toEqual({ kind: 'void' });
    at.client.responsibleUserId = SELLER_A;
    at.client.isDeleted = true;
    expect(await at.perform(dealsOf(at, [from(deal)]))).toEqual({ kind: 'void' });
    expect(owners(deal)).toEqual([SELLER_B]);
  });

  it('that moved are shown as moved even if the client has another owner since', async () => {
    const [moved, late] = [at.deal(), at.deal()];
    const row = at.row(dealsOf(at, [from(moved), from(late)]));
    await at.attempt(row);
    late.responsibleUserId = SELLER_B;
    at.client.responsibleUserId = HEAD_OF_SALES;
    expect(fatesIn(await at.attempt(row))).toEqual([
      ['moved', A],
      ['changed', B],
    ]);
    expect(owners(moved, late)).toEqual([SELLER_A, SELLER_B]);
  });

  it('do not move twice', async () => {
    const deal = at.deal();
    const row = at.row(dealsOf(at, [from(deal)]));
    await at.attempt(row);
    expect(fatesIn(await at.attempt(row))).toEqual([['moved', A]]);
    expect([movesIn(at), patchesIn(at)]).toEqual([1, 1]);
  });

  it('move once when the network itself sends the request twice', async () => {
    at.world.disturbances.add(PATCH_DEALS, 'twice');
    const deal = at.deal();
    await at.perform(dealsOf(at, [from(deal)]));
    at.world.clock.advance(1000);
    expect([owners(deal), movesIn(at)]).toEqual([[SELLER_A], 1]);
  });

  it('that are theirs already are not sent', async () => {
    const deal = at.deal(SELLER_A);
    expect(fatesIn(await at.perform(dealsOf(at, [from(deal, A)])))).toEqual([['moved', A]]);
    expect(patchesIn(at)).toBe(0);
  });

  it('of an undo wait until the requests that it reverts have arrived', async () => {
    const deal = at.deal();
    const takesBackSentAt = at.world.clock.now() - 10_000;
    const row = at.row({ ...dealsOf(at, [from(deal)]), takesBackSentAt });
    expect(await at.attempt(row)).toEqual({ kind: 'later', mayBeThere: false, afterMs: 50_000, deals: [] });
    expect(owners(deal)).toEqual([SELLER_B]);
    expect(fatesIn(await at.finish(row))).toEqual([['moved', A]]);
  });

  it.each(['before', 'after', 'late'] as const)('move once when a request fails: %s', async how => {
    at.gate = losing(at, PATCH_DEALS, how);
    const deals = [at.deal(), at.deal()];
    const row = at.row(
      dealsOf(
        at,
        deals.map(one => from(one)),
      ),
    );
    expect(await at.attempt(row)).toMatchObject({ kind: 'later', mayBeThere: true });
    expect(fatesIn(await at.finish(row))).toEqual([
      ['moved', A],
      ['moved', A],
    ]);
    at.world.clock.advance(60_000);
    expect([owners(...deals), movesIn(at)]).toEqual([[SELLER_A, SELLER_A], 2]);
  });

  it.each(['too-many', 'unpaid', 'unauthorized'] as const)('wait when the CRM answers "%s"', async fault => {
    at.world.disturbances.add(PATCH_DEALS, fault);
    const row = at.row(dealsOf(at, [from(at.deal())]));
    expect(await at.attempt(row)).toMatchObject({ kind: 'later', mayBeThere: false });
    expect(fatesIn(await at.finish(row))).toEqual([['moved', A]]);
  });

  it('may have moved when only the second batch got no answer', async () => {
    const deals = Array.from({ length: 60 }, () => at.deal());
    const row = at.row(
      dealsOf(
        at,
        deals.map(one => from(one)),
      ),
    );
    at.world.disturbances.add(PATCH_DEALS, () => at.world.disturbances.add(PATCH_DEALS, 'too-many'));
    const outcome = await at.attempt(row);
    expect(outcome).toMatchObject({ kind: 'later', mayBeThere: true });
    expect(fatesIn(outcome)).toContainEqual(['failed', B]);
    expect(await at.finish(row)).toMatchObject({ kind: 'done' });
    expect(movesIn(at)).toBe(60);
  });

  it('move one by one when one of them is refused, so it does not hinder the others', async () => {
    const [first, second] = [at.deal(), at.deal()];
    at.world.oddities.refusedBatch = 'nothing-changed';
    at.world.disturbances.add(PATCH_DEALS, 'no-rights-244', 1);
    at.world.disturbances.add(PATCH_DEALS, 'no-rights-244', 1);
    const outcome = await at.perform(dealsOf(at, [from(first), from(second)]));
    expect(fatesIn(outcome)).toEqual([
      ['refused', B],
      ['moved', A],
    ]);
  });

  it('may have moved when the result of a refused batch could not be read', async () => {
    at.user(SELLER_A).leads = { view: 'A', edit: 'G' };
    const deals = [at.deal(SELLER_B), at.deal(HEAD_OF_SALES)];
    at.world.disturbances.add(PATCH_DEALS, () => {
      at.user(HEAD_OF_SALES).groupId = 493_002;
      at.world.disturbances.add(/^GET .*leads/, 'too-many', 2);
    });
    const moves = deals.map(one => from(one, String(one.responsibleUserId)));
    const row = at.row(dealsOf(at, moves));
    expect(await at.attempt(row)).toMatchObject({ kind: 'later', mayBeThere: true });
    expect(fatesIn(await at.finish(row))).toEqual([
      ['moved', A],
      ['refused', String(HEAD_OF_SALES)],
    ]);
    expect(movesIn(at)).toBe(1);
  });

  it('are sent one by one twenty times at most', async () => {
    const deals = Array.from({ length: 50 }, () => at.deal());
    at.world.disturbances.add(PATCH_DEALS, 'no-rights-244', 99);
    const outcome = await at.perform(
      dealsOf(
        at,
        deals.map(one => from(one)),
      ),
    );
    expect(outcome.kind).toBe('refused');
    expect(patchesIn(at)).toBe(21);
  });

  it('that a refused batch has moved anyway are not sent again', async () => {
    at.user(SELLER_A).leads = { view: 'A', edit: 'G' };
    const deals = [at.deal(SELLER_B), at.deal(HEAD_OF_SALES)];
    // The right is taken away between our check and the write.
    at.world.disturbances.add(PATCH_DEALS, () => {
      at.user(HEAD_OF_SALES).groupId = 493_002;
    });
    const outcome = await at.perform(
      dealsOf(
        at,
        deals.map(one => from(one, String(one.responsibleUserId))),
      ),
    );
    expect(fatesIn(outcome)).toEqual([
      ['moved', A],
      ['refused', String(HEAD_OF_SALES)],
    ]);
    expect([patchesIn(at), movesIn(at)]).toEqual([2, 1]);
  });

  it('fail when the CRM does not accept the new responsible', async () => {
    const deal = at.deal(SELLER_A);
    at.client.responsibleUserId = SELLER_B;
    at.user(SELLER_B).isActive = false;
    const outcome = await at.perform(giftOf(at, [from(deal, A)]));
    expect(outcome).toMatchObject({ kind: 'failed' });
    expect(fatesIn(outcome)).toEqual([['failed', A]]);
  });
});

describe('deals given away by a person who sees only their own', () => {
  it.each(['before', 'after'] as const)('are shown as moved when the request fails: %s', async how => {
    at.user(SELLER_A).leads = { view: 'M', edit: 'M' };
    at.client.responsibleUserId = SELLER_B;
    const deal = at.deal(SELLER_A);
    at.gate = losing(at, PATCH_DEALS, how);
    expect(fatesIn(await at.perform(giftOf(at, [from(deal, A)])))).toEqual([['moved', B]]);
    expect([owners(deal), movesIn(at)]).toEqual([[SELLER_B], 1]);
  });
});
