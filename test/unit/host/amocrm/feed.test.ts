import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { stageInNode, type NodeStage } from '../../../mocks/node.ts';
import { SELLER_A, SELLER_B } from '../../../world/people.ts';
import { servicesOf } from '../../../support/services.ts';

let stage: NodeStage;
let contactId: string;
beforeEach(() => {
  stage = stageInNode({ person: SELLER_A });
  contactId = String(stage.world.crm.addContact('Анна', [], SELLER_B).id);
});
afterEach(() => stage.close());

describe('tasks', () => {
  const dueAt = 1_800_000_000;

  it('are the open ones of this contact', async () => {
    const { records } = servicesOf(stage.world);
    const other = String(stage.world.crm.addContact('Борис', [], SELLER_B).id);
    await records.addTask({ contactId: other, forId: String(SELLER_B), text: 'Чужая', dueAt });
    await records.addTask({ contactId, forId: String(SELLER_B), text: 'Готовая', dueAt });
    await records.addTask({ contactId, forId: String(SELLER_B), text: 'Открытая', dueAt });
    const done = (await records.tasks(contactId)).find(task => task.text === 'Готовая');
    await records.completeTask(done?.id ?? '', 'Отдал');
    expect((await records.tasks(contactId)).map(task => task.text)).toEqual(['Открытая']);
    expect(stage.world.crm.tasks.get(Number(done?.id))).toMatchObject({ isCompleted: true });
  });

  it('and their results contain no half characters', async () => {
    const { records } = servicesOf(stage.world);
    await records.addTask({ contactId, forId: String(SELLER_B), text: '\uDE00 клиент', dueAt });
    const [task] = await records.tasks(contactId);
    expect(task?.text).toBe('\uFFFD клиент');
    await records.completeTask(task?.id ?? '', 'Отдал \uD83D');
    expect([...stage.world.crm.tasks.values()]).toMatchObject([{ result: 'Отдал \uFFFD' }]);
  });

  it('cannot be given to an employee who has left', async () => {
    const colleague = stage.world.crm.users.get(SELLER_B);
    if (colleague) colleague.isActive = false;
    await expect(
      servicesOf(stage.world).records.addTask({ contactId, forId: String(SELLER_B), text: '', dueAt }),
    ).rejects.toMatchObject({ code: 'refused' });
  });
});
