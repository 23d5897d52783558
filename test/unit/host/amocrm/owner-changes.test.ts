import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ownerChangesThrough } from '../../../../widget/host/amocrm/owner-changes.ts';
import { stageInNode, type NodeStage } from '../../../mocks/node.ts';
import { SELLER_A, SELLER_B } from '../../../world/people.ts';
import { standingClock } from '../../../world/clock.ts';
import { answering } from '../../answering.ts';
import { servicesOf } from '../../../support/services.ts';

let stage: NodeStage;
beforeEach(() => {
  stage = stageInNode({ person: SELLER_A, clock: standingClock() });
});
afterEach(() => stage.close());

const now = (): number => Math.floor(stage.world.clock.now() / 1000);

describe('changes of owner', () => {
  it('name the contact, the author, both owners and the time', async () => {
    const { crm } = stage.world;
    const { id } = crm.addContact('Анна', [], SELLER_B);
    crm.assignContact(SELLER_A, id, SELLER_A);
    expect(await servicesOf(stage.world).records.ownerChangesOf([String(id)], now())).toEqual([
      {
        id: crm.ownerChanges[0]?.id,
        contactId: String(id),
        at: now(),
        by: String(SELLER_A),
        before: String(SELLER_B),
        after: String(SELLER_A),
      },
    ]);
  });

  it('concern only the named contacts, and no deals', async () => {
    const { crm } = stage.world;
    const [anna, boris] = ['Анна', 'Борис'].map(name => crm.addContact(name, [], SELLER_B).id);
    const deal = crm.addLead('Двери', [], SELLER_B);
    crm.assignContact(SELLER_A, anna ?? 0, SELLER_A);
    crm.assignContact(SELLER_A, boris ?? 0, SELLER_A);
    crm.assignLead(SELLER_A, deal.id, SELLER_A);
    const changes = await servicesOf(stage.world).records.ownerChangesOf([String(anna)], now());
    expect(changes.map(one => one.contactId)).toEqual([String(anna)]);
  });

  it('are requested for ten contacts at a time', async () => {
    const { crm } = stage.world;
    const ids = Array.from({ length: 21 }, () => crm.addContact('Анна', [], SELLER_B).id);
    ids.forEach(id => crm.assignContact(SELLER_A, id, SELLER_A));
    const changes = await servicesOf(stage.world).records.ownerChangesOf(ids.map(String), now());
    expect(changes.map(one => one.contactId).toSorted()).toEqual(ids.map(String).toSorted());
    expect(stage.requests).toHaveLength(3);
  });

  it('are read to the last page if a contact changed owners often', async () => {
    const { crm } = stage.world;
    const { id } = crm.addContact('Анна', [], SELLER_B);
    for (let at = 0; at < 101; at += 1) {
      crm.assignContact(SELLER_A, id, at % 2 === 0 ? SELLER_A : SELLER_B);
    }
    expect(await servicesOf(stage.world).records.ownerChangesOf([String(id)], now())).toHaveLength(101);
  });

  it('by a robot have no author', async () => {
    const { crm } = stage.world;
    const { id } = crm.addContact('Анна', [], SELLER_B);
    crm.assignContact(SELLER_A, id, SELLER_A);
    const [change] = crm.ownerChanges;
    if (change) crm.ownerChanges[0] = { ...change, createdBy: 0, before: 0 };
    expect(await servicesOf(stage.world).records.ownerChangesOf([String(id)], now())).toMatchObject([
      { by: null, before: null, after: String(SELLER_A) },
    ]);
  });

  it.each([
    ['nobody', [{ responsible_user: { id: 0 } }]],
    ['nothing', undefined],
    ['an empty list', []],
    ['something else', [{ note: { id: 7 } }]],
  ])('with a former owner that is %s are read, too', async (_what, value_before) => {
    const value_after = [{ responsible_user: { id: '42' } }];
    const event = { id: 'e', entity_id: 3, created_at: 9, created_by: 42, value_before, value_after };
    const { ownerChangesOf } = ownerChangesThrough(answering({ _embedded: { events: [event] } }));
    expect(await ownerChangesOf(['3'], 0)).toEqual([
      { id: 'e', contactId: '3', at: 9, by: '42', before: null, after: '42' },
    ]);
  });
});
