/** What outlives a card has to end: a page lives for a day, and sees a hundred clients. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createSettlings, type Settlings } from '../../../../widget/claim/race/settling.ts';
import { gatheredCrm } from '../../../../widget/claim/race/gathering.ts';
import { stageInNode, type NodeStage } from '../../../mocks/node.ts';
import { NOBODY, SELLER_A, SELLER_B } from '../../../world/people.ts';
import { servicesOf } from '../../services.ts';
import { memoryStorage } from '../../settings/memory-storage.ts';

let stage: NodeStage;
let settlings: Settlings;
beforeEach(() => {
  stage = stageInNode({ person: SELLER_A });
  const storage = memoryStorage();
  settlings = createSettlings({
    crm: gatheredCrm(servicesOf(stage.world).records),
    me: String(SELLER_A),
    isFree: ownerId => ownerId === String(NOBODY),
    storage: () => storage,
    key: 'claims',
    onWriting: () => undefined,
    onResumed: () => undefined,
  });
});
afterEach(() => {
  settlings.stop();
  stage.close();
});

const press = (contactId: string) =>
  settlings.press({ contactId, basedOn: String(NOBODY), fromColleague: false });

it('a claim that has come to its end is held by nobody but its card', async () => {
  const contactId = String(stage.world.clientWrites().id);
  const settling = press(contactId);
  expect(settlings.of(contactId)).toBe(settling);
  await expect.poll(() => settling.value.kind).toBe('mine');
  await expect.poll(() => settlings.of(contactId)).toBeNull();
});

it('a claim whose end nobody knows is there for the next card', async () => {
  const client = stage.world.clientWrites();
  stage.world.disturbances.add(/^PATCH/, () => {
    stage.world.crm.assignContact(SELLER_B, client.id, SELLER_B);
  });
  stage.world.disturbances.add(/^PATCH/, 'server-error');
  const contactId = String(client.id);
  const settling = press(contactId);
  await expect.poll(() => settling.value.kind).not.toBe('writing');
  expect(settlings.of(contactId)).toBe(settling);
});
