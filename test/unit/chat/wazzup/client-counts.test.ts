import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CountProgress } from '../../../../widget/chat/chat.ts';
import { stageInNode, type NodeStage } from '../../../mocks/node.ts';
import { ADMIN } from '../../../world/people.ts';
import { servicesOf } from '../../services.ts';

let stage: NodeStage;
beforeEach(() => {
  stage = stageInNode({ person: ADMIN });
});
afterEach(() => stage.close());

function contact(id: string, responsibleUserId: string): void {
  const contactData = [{ chatType: 'whatsapp', chatId: `7916${id}` }];
  stage.world.chat.contacts.set(id, { id, responsibleUserId, name: `Client ${id}`, contactData });
}
function deal(id: string, responsibleUserId: string, contacts: readonly string[], closed = false): void {
  const uri = 'https://crm.amocrm.ru/leads/detail/1';
  stage.world.chat.deals.set(id, { id, responsibleUserId, name: `Deal ${id}`, uri, contacts, closed });
}
const pages = (what: string) =>
  stage.upstream.filter(asked => asked.startsWith(`GET https://api.wazzup24.com/v3/${what}`));

describe('how many clients belong to whom', () => {
  it('counts a client for whoever is responsible for him or for an open deal of his, once each', async () => {
    contact('1', 'a');
    contact('2', 'a');
    contact('3', 'b');
    deal('1', 'b', ['1']);
    deal('2', 'b', ['1', '3']);
    deal('3', 'a', ['1']);
    expect(await servicesOf(stage.world).chat.clientCounts()).toEqual({
      byOwner: new Map([
        ['a', 2],
        ['b', 1],
      ]),
      byResponsible: new Map([
        ['a', 2],
        ['b', 2],
      ]),
      all: 3,
      isComplete: true,
    });
  });

  it('leaves out closed deals and those of clients whom the service does not know', async () => {
    contact('1', 'a');
    deal('1', 'b', ['1'], true);
    deal('2', 'b', ['unknown']);
    const { byResponsible } = await servicesOf(stage.world).chat.clientCounts();
    expect(byResponsible).toEqual(new Map([['a', 1]]));
  });

  it('reads a hundred at a time and tells how far it is', async () => {
    for (let id = 1; id <= 250; id += 1) contact(String(id), 'a');
    for (let id = 1; id <= 101; id += 1) deal(String(id), 'b', [String(id)]);
    const told: CountProgress[] = [];
    const counts = await servicesOf(stage.world).chat.clientCounts({ onProgress: one => told.push(one) });
    expect([counts.all, counts.byResponsible.get('b')]).toEqual([250, 101]);
    expect(told).toEqual([
      { what: 'contacts', read: 100, of: 250 },
      { what: 'contacts', read: 200, of: 250 },
      { what: 'contacts', read: 250, of: 250 },
      { what: 'deals', read: 100, of: 101 },
      { what: 'deals', read: 101, of: 101 },
    ]);
    expect([pages('contacts').length, pages('deals').length]).toEqual([3, 2]);
  });

  it('stops between two pages when it is cancelled', async () => {
    for (let id = 1; id <= 250; id += 1) contact(String(id), 'a');
    const stopping = new AbortController();
    await expect(
      servicesOf(stage.world).chat.clientCounts({
        signal: stopping.signal,
        onProgress: () => stopping.abort(),
      }),
    ).rejects.toMatchObject({ code: 'cancelled', service: 'chat' });
    expect([pages('contacts').length, pages('deals').length]).toEqual([1, 0]);
  });
});
