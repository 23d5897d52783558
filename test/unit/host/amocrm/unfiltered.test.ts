/** Filtering lists is a paid option; without it, the CRM answers a request for certain records with arbitrary ones. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { stageInNode, type NodeStage } from '../../../mocks/node.ts';
import { SELLER_A, SELLER_B } from '../../../world/people.ts';
import { servicesOf } from '../../../support/services.ts';

let stage: NodeStage;
beforeEach(() => {
  stage = stageInNode({ person: SELLER_A });
  stage.world.crm.account.filtersLists = false;
});
afterEach(() => stage.close());

const many = (add: (at: number) => { readonly id: number }): readonly string[] =>
  Array.from({ length: 60 }, (_, at) => String(add(at).id));

describe('an account without the paid filters', () => {
  it('returns only the requested contacts', async () => {
    const ids = many(at => stage.world.crm.addContact(`Анна ${at}`, [], SELLER_B));
    const wanted = [ids[59] ?? '', ids[0] ?? ''];
    const contacts = await servicesOf(stage.world).records.contacts(wanted);
    expect(contacts.map(({ id }) => id)).toEqual(wanted);
  });

  it('returns only the requested deals', async () => {
    const client = stage.world.crm.addContact('Анна', [], SELLER_B);
    const ids = many(at => stage.world.crm.addLead(`Двери ${at}`, [client.id], SELLER_B));
    const wanted = [ids[59] ?? '', ids[0] ?? ''];
    const deals = await servicesOf(stage.world).records.dealsOf({ id: '1', dealIds: wanted });
    expect(deals.map(({ id }) => id)).toEqual(wanted);
  });

  it('leaves out missing records', async () => {
    const ids = many(at => stage.world.crm.addContact(`Анна ${at}`, [], SELLER_B));
    const gone = ids[59] ?? '';
    stage.world.crm.deleteContact(SELLER_A, Number(gone));
    expect(await servicesOf(stage.world).records.contacts([gone, '999999'])).toEqual([]);
  });

  it('is not asked again if all records came', async () => {
    const { id } = stage.world.crm.addContact('Анна', [], SELLER_B);
    stage.world.crm.addContact('Борис', [], SELLER_B);
    await servicesOf(stage.world).records.contacts([String(id)]);
    expect(stage.requests).toHaveLength(1);
  });
});
