import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { stageInNode, type NodeStage } from '../../../mocks/node.ts';
import { SELLER_A, SELLER_B } from '../../../world/people.ts';
import { answering, answeringInTurn } from '../../answering.ts';
import { dealsOver } from './deals-over.ts';
import { servicesOf } from '../../../support/services.ts';

let stage: NodeStage;
beforeEach(() => {
  stage = stageInNode({ person: SELLER_A });
});
afterEach(() => stage.close());

describe('a deal', () => {
  it('names its main client first, wherever the CRM lists them', async () => {
    const contacts = [{ id: 3 }, { id: 4, is_main: true }];
    const deal = { id: 5, pipeline_id: 1, status_id: 2, _embedded: { contacts } };
    const { ask } = answeringInTurn(deal, { _embedded: { contacts } });
    expect((await dealsOver(ask).clientsOf('5')).map(({ id }) => id)).toEqual(['4', '3']);
  });
});

describe('deals', () => {
  it.each([
    ['won', { status_id: 142, closed_at: null }, false],
    ['lost', { status_id: 143 }, false],
    ['closed at some time', { status_id: 7, closed_at: 1_700_000_000 }, false],
    ['in any other stage', { status_id: 7, closed_at: null }, true],
  ])('that are %s say whether they are open', async (_what, about, isOpen) => {
    const ask = answering({ _embedded: { leads: [{ id: 5, pipeline_id: 1, ...about }] } });
    expect(await dealsOver(ask).dealsOf({ id: '1', dealIds: ['5'] })).toMatchObject([{ isOpen }]);
  });

  it('are only the requested ones, in one request', async () => {
    const { crm } = stage.world;
    const ids = ['Двери', 'Окна', 'Полы'].map(name => String(crm.addLead(name, [], SELLER_B).id));
    const deals = await servicesOf(stage.world).records.dealsOf({ id: '1', dealIds: ids.slice(0, 2) });
    expect(deals.map(deal => deal.name)).toEqual(['Двери', 'Окна']);
    expect(stage.requests).toHaveLength(1);
  });

  it('cause no request if no ids are given', async () => {
    const { records } = servicesOf(stage.world);
    expect(await records.dealsOf({ id: '1', dealIds: [] })).toEqual([]);
    await records.setDealOwners([], String(SELLER_A));
    expect(stage.requests).toEqual([]);
  });

  it('get a new owner in one request', async () => {
    const { crm } = stage.world;
    const leads = ['Двери', 'Окна'].map(name => crm.addLead(name, [], SELLER_B));
    await servicesOf(stage.world).records.setDealOwners(
      leads.map(({ id }) => String(id)),
      String(SELLER_A),
    );
    expect(leads.map(lead => lead.responsibleUserId)).toEqual([SELLER_A, SELLER_A]);
    expect(stage.requests).toHaveLength(1);
  });
});
