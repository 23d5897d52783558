import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PEOPLE_LIMIT } from '../../../../widget/chat/chat.ts';
import { stageInNode, type NodeStage } from '../../../mocks/node.ts';
import { ADMIN } from '../../../world/people.ts';
import { servicesOf } from '../../../support/services.ts';

let stage: NodeStage;
beforeEach(() => {
  stage = stageInNode({ person: ADMIN });
});
afterEach(() => stage.close());

const people = (count: number) =>
  Array.from({ length: count }, (_, at) => ({ id: String(at + 1), name: `Иван ${at + 1}` }));

describe('introducing people to the chat service', () => {
  it('sends a hundred at a time', async () => {
    const { chat } = servicesOf(stage.world);
    await chat.introduce(people(201));
    expect(stage.upstream.filter(asked => asked.startsWith('POST'))).toHaveLength(3);
    expect(stage.world.chat.users.size).toBe(201);
  });

  it('fails with the reason "people limit" when there are too many', async () => {
    const { chat } = servicesOf(stage.world);
    await chat.introduce(people(chat.mostPeople));
    await expect(chat.introduce([{ id: 'one-more', name: 'Анна' }])).rejects.toMatchObject({
      code: 'refused',
      service: 'chat',
      reason: PEOPLE_LIMIT,
    });
  });

  it('sends a person who is listed twice once, since the service fails on a repeated id', async () => {
    const { chat } = servicesOf(stage.world);
    await chat.introduce([...people(100), { id: '1', name: 'Анна' }]);
    expect(stage.upstream.filter(asked => asked.startsWith('POST'))).toHaveLength(1);
    expect(stage.world.chat.users.get('1')?.name).toBe('Анна');
  });
});
