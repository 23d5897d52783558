import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Identity, KnownDeal } from '../../../../widget/chat/chat.ts';
import { clientsThrough } from '../../../../widget/chat/wazzup/clients.ts';
import { stageInNode, type NodeStage } from '../../../mocks/node.ts';
import { ADMIN, SELLER_A } from '../../../world/people.ts';
import { answering } from '../../answering.ts';
import { servicesOf } from '../../services.ts';

let stage: NodeStage;
beforeEach(() => {
  stage = stageInNode({ person: ADMIN });
});
afterEach(() => stage.close());

const contact = (identities: readonly Identity[]) => ({
  id: '3',
  name: 'Анна',
  ownerId: String(SELLER_A),
  identities,
  address: 'https://crm.amocrm.ru/contacts/detail/3',
});

const deal = (about: Partial<KnownDeal> = {}): KnownDeal => ({
  id: '5',
  name: 'Двери',
  ownerId: String(SELLER_A),
  contactIds: ['3'],
  isOpen: true,
  address: 'https://crm.amocrm.ru/leads/detail/5',
  ...about,
});

describe('a client', () => {
  it.each<readonly [string, Identity]>([
    ['a WhatsApp number', { messenger: 'whatsapp', id: '79160000001' }],
    ['an id of Telegram', { messenger: 'telegram', id: '55533', username: 'anna', phone: '79160000001' }],
    ['a phone in Telegram', { messenger: 'telegram', id: '', phone: '79160000001' }],
    ['a user name in MAX', { messenger: 'max', id: '', username: 'anna' }],
  ])('known by %s is read back as they were sent', async (_what, identity) => {
    const { chat } = servicesOf(stage.world);
    await chat.rememberContact(contact([identity]));
    expect(await chat.contact('3')).toEqual(contact([identity]));
  });

  it('is read whichever way the service leaves out what it does not know', async () => {
    const { contact } = clientsThrough(
      answering({
        id: '3',
        responsibleUserId: '7',
        name: 'Анна',
        contactData: [{ chatType: 'telegram', chatId: null, username: null, phone: '79160000001' }],
      }),
    );
    expect((await contact('3'))?.identities).toEqual([
      { messenger: 'telegram', id: '', phone: '79160000001' },
    ]);
  });

  it('whom the service was never sent is nobody', async () => {
    expect(await servicesOf(stage.world).chat.contact('40001')).toBeNull();
  });
});

describe('deals', () => {
  it('are kept with their responsible, and replaced when they are sent again', async () => {
    const { chat } = servicesOf(stage.world);
    await chat.rememberDeals([deal(), deal({ id: '6', name: '' })]);
    await chat.rememberDeals([deal({ isOpen: false })]);
    expect([...stage.world.chat.deals.values()]).toEqual([
      {
        id: '5',
        responsibleUserId: String(SELLER_A),
        name: 'Двери',
        uri: 'https://crm.amocrm.ru/leads/detail/5',
        contacts: ['3'],
        closed: true,
      },
      expect.objectContaining({ id: '6', name: '6', closed: false }),
    ]);
  });

  it('go a hundred at a time', async () => {
    const { chat } = servicesOf(stage.world);
    const many = Array.from({ length: 101 }, (_, at) => deal({ id: `d-${at}` }));
    await chat.rememberDeals(many);
    expect(stage.world.chat.deals.size).toBe(101);
    expect(stage.upstream.filter(one => one.startsWith('POST'))).toHaveLength(2);
  });

  it('that are named twice go once, as they were named last', async () => {
    await servicesOf(stage.world).chat.rememberDeals([deal(), deal({ name: 'Окна' })]);
    expect([...stage.world.chat.deals.values()].map(({ name }) => name)).toEqual(['Окна']);
  });

  it('name ten clients at most, which is all that the service takes', async () => {
    const contactIds = Array.from({ length: 11 }, (_, at) => `c-${at}`);
    await servicesOf(stage.world).chat.rememberDeals([deal({ contactIds })]);
    expect(stage.world.chat.deals.get('5')?.contacts).toEqual(contactIds.slice(0, 10));
  });

  it('that are none ask nothing', async () => {
    await servicesOf(stage.world).chat.rememberDeals([]);
    expect(stage.requests).toEqual([]);
  });

  it('are taken out, and may have been already', async () => {
    const { chat } = servicesOf(stage.world);
    await chat.rememberDeals([deal()]);
    await chat.forgetDeal('5');
    expect(stage.world.chat.deals.size).toBe(0);
    await expect(chat.forgetDeal('5')).resolves.toBeUndefined();
  });

  it('stay as they are when taking one out fails', async () => {
    stage.world.disturbances.add(/^DELETE /, 'server-error');
    await expect(servicesOf(stage.world).chat.forgetDeal('5')).rejects.toMatchObject({ code: 'down' });
  });
});
