/** For any text, the service gets whole characters within its limits, and never half of one. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { stageInNode, type NodeStage } from '../../../mocks/node.ts';
import { ADMIN, SELLER_A } from '../../../world/people.ts';
import { servicesOf } from '../../../support/services.ts';

let stage: NodeStage;
beforeEach(() => {
  stage = stageInNode({ person: ADMIN });
});
afterEach(() => stage.close());

/** A text whose limit falls inside an emoji of four people. */
const across = (limit: number): string => `${'я'.repeat(limit - 1)}👨‍👩‍👧‍👦`;
const kept = (limit: number): string => 'я'.repeat(limit - 1);
const HALF = 'Анна \uD83D';
const WHOLE = 'Анна \uFFFD';
describe.each([
  ['across the limit', across, kept],
  ['with half a character', () => HALF, () => WHOLE],
])('a name %s', (_which, given, arrived) => {
  it('of a person arrives whole', async () => {
    await servicesOf(stage.world).chat.introduce([{ id: '7', name: given(150) }]);
    expect(stage.world.chat.users.get('7')?.name).toBe(arrived(150));
  });

  it('of a client arrives whole', async () => {
    const client = stage.world.clientWrites({ name: given(200) });
    client.responsibleUserId = SELLER_A;
    await servicesOf(stage.world).chat.changed(String(client.id));
    expect(stage.world.chat.contacts.get(String(client.id))?.name).toBe(arrived(200));
  });

  it('of a deal arrives whole', async () => {
    const client = stage.world.clientWrites();
    client.responsibleUserId = SELLER_A;
    const { id } = stage.world.crm.addLead(given(200), [client.id], SELLER_A);
    await servicesOf(stage.world).chat.changed(String(client.id), [String(id)]);
    expect(stage.world.chat.deals.get(String(id))?.name).toBe(arrived(200));
  });
});
