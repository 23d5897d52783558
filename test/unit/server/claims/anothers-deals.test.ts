import { beforeEach, describe, expect, it } from 'vitest';
import { SELLER_A, SELLER_B } from '../../../world/people.ts';
import { claimStage, dealsOf, from, owners, type ClaimStage } from './claim-stage.ts';

let at: ClaimStage;
beforeEach(async () => {
  at = await claimStage();
});

describe('deals that a page names', () => {
  it('are refused without their name and owner if they belong to another client', async () => {
    const other = at.world.crm.addContact('Another', [], SELLER_B);
    const [theirs, anothers] = [at.deal(), at.world.crm.addLead('Secret', [other.id], SELLER_B)];
    const outcome = await at.perform(dealsOf(at, [from(theirs), from(anothers)]));
    expect(outcome).toMatchObject({
      kind: 'done',
      deals: [{ fate: 'moved' }, { id: String(anothers.id), name: null, fate: 'refused', owner: null }],
    });
    expect(owners(theirs, anothers)).toEqual([SELLER_A, SELLER_B]);
  });
});
