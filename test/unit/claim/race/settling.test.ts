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

it('an older claim, which looks while a newer one writes, hands nothing back', async () => {
  const [now] = [Math.floor(Date.now() / 1000)];
  const storage = memoryStorage();
  storage.setItem('claims', JSON.stringify([{ contactId: '1', basedOn: 'nobody', since: now - 61 }]));
  const log = [{ id: '1', contactId: '1', at: now - 61, by: 'b', before: 'nobody', after: 'b' }];
  const owners: string[] = [];
  let letOlderLook = (): void => undefined;
  const olderLooks = new Promise<void>(resolve => (letOlderLook = resolve));
  let looks = 0;
  const older = createSettlings({
    crm: {
      contact: async id => ({
        id,
        name: '',
        ownerId: owners.at(-1) ?? 'b',
        phones: [],
        dealIds: [],
        address: '',
        readAt: now,
      }),
      ownerChangesOf: async (_ids, since) => {
        looks += 1;
        if (looks === 1) await olderLooks;
        return log.filter(({ at }) => at >= since);
      },
      setOwner: async (contactId, after) => {
        log.push({ id: '2', contactId, at: now, by: 'a', before: owners.at(-1) ?? 'b', after });
        owners.push(after);
      },
    },
    me: 'a',
    isFree: ownerId => ownerId === 'nobody',
    storage: () => storage,
    key: 'claims',
    onResumed: () => undefined,
  });
  const newer = older.press({ contactId: '1', basedOn: 'b', fromColleague: true });
  await expect.poll(() => owners).toEqual(['a']);
  letOlderLook();
  await expect.poll(() => newer.value.kind).toBe('mine');
  await new Promise(setImmediate);
  expect(owners).toEqual(['a']);
  older.stop();
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
