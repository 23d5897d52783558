import { expect, it } from 'vitest';
import { stageInNode } from '../mocks/node.ts';
import { ADMIN, SELLER_A, SELLER_B } from '../world/people.ts';
import { SALES_CHANNEL } from '../world/world.ts';
import { servicesOf } from '../support/services.ts';

it('hides a client’s chat from the other sellers once the chat service knows who is responsible', async () => {
  const stage = stageInNode({ person: ADMIN });
  const { chat } = servicesOf(stage.world);
  const sellers = [SELLER_A, SELLER_B].map(id => ({ id: String(id), name: `Seller ${id}` }));
  await chat.introduce(sellers);
  const assignments = sellers.map(({ id: employeeId }) => ({
    channelId: SALES_CHANNEL,
    employeeId,
    role: 'seller' as const,
    receivesNewClients: true,
  }));
  await chat.saveRoles({ ...(await chat.roles()), assignments });
  const client = stage.world.clientWrites({ phone: '+7 916 000-00-01' });
  const chatsOf = () => sellers.map(({ id }) => stage.world.chat.threadsOf(id).length);
  expect(chatsOf()).toEqual([1, 1]);

  client.responsibleUserId = SELLER_A;
  await chat.changed(String(client.id));
  expect(chatsOf()).toEqual([1, 0]);
  stage.close();
});
