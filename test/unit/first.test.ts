import { expect, it } from 'vitest';
import { stageInNode } from '../mocks/node.ts';
import { SELLER_A } from '../world/people.ts';
import { servicesOf } from '../support/services.ts';

it('makes the seller responsible for a client who writes for the first time', async () => {
  const stage = stageInNode({ person: SELLER_A });
  const client = stage.world.clientWrites({ name: 'Anna', phone: '+7 916 000-00-01' });
  await servicesOf(stage.world).records.setOwner(String(client.id), String(SELLER_A));
  expect(stage.world.crm.contacts.get(client.id)?.responsibleUserId).toBe(SELLER_A);
  stage.close();
});
