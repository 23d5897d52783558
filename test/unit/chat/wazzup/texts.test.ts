/** Whatever people have written, the service gets whole characters within its limits, and never half of one. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { stageInNode, type NodeStage } from '../../../mocks/node.ts';
import { ADMIN, SELLER_A } from '../../../world/people.ts';
import { servicesOf } from '../../services.ts';

let stage: NodeStage;
beforeEach(() => {
  stage = stageInNode({ person: ADMIN });
});
afterEach(() => stage.close());

/** An emoji of four people stands across the limit. */
const across = (limit: number): string => `${'я'.repeat(limit - 1)}👨‍👩‍👧‍👦`;
const kept = (limit: number): string => 'я'.repeat(limit - 1);
const HALF = 'Анна \uD83D';
const WHOLE = 'Анна \uFFFD';
const identities = [{ messenger: 'whatsapp', id: '79160000001' }];
const known = {
  ownerId: String(SELLER_A),
  contactIds: ['3'],
  isOpen: true,
  address: 'https://crm.amocrm.ru/',
};

describe.each([
  ['across the limit', across, kept],
  ['with half a character', () => HALF, () => WHOLE],
])('a name %s', (_which, given, arrived) => {
  it('of a person arrives whole', async () => {
    await servicesOf(stage.world).chat.introduce([{ id: '7', name: given(150) }]);
    expect(stage.world.chat.users.get('7')?.name).toBe(arrived(150));
  });

  it('of a client arrives whole', async () => {
    const contact = { ...known, id: '3', name: given(200), identities };
    await servicesOf(stage.world).chat.rememberContact(contact);
    expect(stage.world.chat.contacts.get('3')?.name).toBe(arrived(200));
  });

  it('of a deal arrives whole', async () => {
    await servicesOf(stage.world).chat.rememberDeals([{ ...known, id: '5', name: given(200) }]);
    expect(stage.world.chat.deals.get('5')?.name).toBe(arrived(200));
  });
});

describe('an address', () => {
  it('of a deal is cut so that it can still be read', async () => {
    const address = `https://crm.amocrm.ru/leads/detail/${encodeURIComponent('Ж'.repeat(40))}`;
    await servicesOf(stage.world).chat.rememberDeals([{ ...known, id: '5', name: 'Двери', address }]);
    const uri = stage.world.chat.deals.get('5')?.uri ?? '';
    expect(uri.length).toBeGreaterThan(190);
    expect(address.startsWith(uri)).toBe(true);
    expect(decodeURI(uri)).toMatch(/Ж$/);
  });
});
