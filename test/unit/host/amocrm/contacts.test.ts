import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { contactsThrough } from '../../../../widget/host/amocrm/contacts.ts';
import { stageInNode, type NodeStage } from '../../../mocks/node.ts';
import { standingClock } from '../../../world/clock.ts';
import { SELLER_A, SELLER_B } from '../../../world/people.ts';
import { answering } from '../../answering.ts';
import { servicesOf } from '../../../support/services.ts';

let stage: NodeStage;
beforeEach(() => {
  stage = stageInNode({ person: SELLER_A, clock: standingClock() });
});
afterEach(() => stage.close());

const asked = (method: string): readonly string[] => stage.requests.filter(one => one.startsWith(method));

describe('a contact', () => {
  it('comes with its phones and deals, dated by the CRM’s clock', async () => {
    const { crm, clock } = stage.world;
    const { id } = crm.addContact('Анна', ['+7 916 000-00-01', '8 916 000 00 02'], SELLER_B);
    const { id: dealId } = crm.addLead('Двери', [id], SELLER_B);
    expect(await servicesOf(stage.world).records.contact(String(id))).toEqual({
      id: String(id),
      name: 'Анна',
      ownerId: String(SELLER_B),
      phones: ['+7 916 000-00-01', '8 916 000 00 02'],
      dealIds: [String(dealId)],
      address: `${crm.account.origin}/contacts/detail/${id}`,
      readAt: Math.floor(clock.now() / 1000),
    });
  });

  it('is dated by our own clock if the answer has no date', async () => {
    const before = Math.floor(Date.now() / 1000);
    const { readAt } = await contactsThrough(answering({ id: 3 }), '').contact('3');
    expect(readAt).toBeGreaterThanOrEqual(before);
    expect(readAt).toBeLessThanOrEqual(Date.now() / 1000);
  });

  it('may have no name, phones, deals or owner', async () => {
    const { contact } = contactsThrough(answering({ id: 3, custom_fields_values: null }), '');
    expect(await contact('3')).toMatchObject({ name: '', ownerId: null, phones: [], dealIds: [] });
  });

  it('that may not be taken over is forbidden, even if a proxy’s page says so in place of the CRM', async () => {
    const { id } = stage.world.crm.addContact('Анна', [], SELLER_B);
    stage.world.disturbances.add(/^PATCH /, 'forbidden-html');
    const { records } = servicesOf(stage.world);
    await expect(records.setOwner(String(id), String(SELLER_A))).rejects.toMatchObject({ code: 'forbidden' });
  });
});

describe('many contacts', () => {
  const added = (count: number): readonly string[] =>
    Array.from({ length: count }, (_, at) =>
      String(stage.world.crm.addContact(`Клиент ${at}`, [], SELLER_B).id),
    );

  it('are all read, fifty per request', async () => {
    const ids = added(51);
    stage.world.crm.addLead('Двери', [Number(ids[50])], SELLER_B);
    const contacts = await servicesOf(stage.world).records.contacts(ids);
    expect(contacts.map(one => one.id).toSorted()).toEqual([...ids].toSorted());
    expect(contacts.filter(one => one.dealIds.length > 0)).toHaveLength(1);
    expect(asked('GET')).toHaveLength(2);
  });

  it('include only those that I may see', async () => {
    const [mine = '', theirs = ''] = added(2);
    stage.world.crm.assignContact(SELLER_B, Number(mine), SELLER_A);
    const me = stage.world.crm.users.get(SELLER_A);
    if (me) me.contacts = { view: 'M', edit: 'M' };
    const contacts = await servicesOf(stage.world).records.contacts([mine, theirs]);
    expect(contacts.map(one => one.id)).toEqual([mine]);
  });

  it('cause no request if no ids are given, because the CRM would list all contacts', async () => {
    added(2);
    expect(await servicesOf(stage.world).records.contacts([])).toEqual([]);
    expect(await servicesOf(stage.world).records.setOwners([], String(SELLER_A))).toEqual([]);
    expect(stage.requests).toEqual([]);
  });

  it('get a new owner in one request, and are named in the result', async () => {
    const ids = added(50);
    const recorded = await servicesOf(stage.world).records.setOwners(ids, String(SELLER_A));
    expect(recorded).toEqual(ids);
    expect(asked('PATCH')).toHaveLength(1);
    expect(ids.map(id => stage.world.crm.contacts.get(Number(id))?.responsibleUserId)).toEqual(
      ids.map(() => SELLER_A),
    );
  });

  it('are refused together', async () => {
    const ids = added(2);
    stage.world.disturbances.add(/^PATCH /, 'no-rights-244');
    await expect(servicesOf(stage.world).records.setOwners(ids, String(SELLER_A))).rejects.toMatchObject({
      code: 'forbidden',
    });
  });
});
