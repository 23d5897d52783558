import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Identity } from '../../../../widget/chat/chat.ts';
import { clientsThrough } from '../../../../widget/chat/wazzup/clients.ts';
import { stageInNode, type NodeStage } from '../../../mocks/node.ts';
import { ADMIN, SELLER_A } from '../../../world/people.ts';
import { answering } from '../../answering.ts';
import { servicesOf } from '../../../support/services.ts';

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

describe('a client', () => {
  it.each<readonly [string, Identity]>([
    ['a WhatsApp number', { messenger: 'whatsapp', id: '79160000001' }],
    ['a Telegram id', { messenger: 'telegram', id: '55533', username: 'anna', phone: '79160000001' }],
    ['a phone in Telegram', { messenger: 'telegram', id: '', phone: '79160000001' }],
    ['a user name in MAX', { messenger: 'max', id: '', username: 'anna' }],
  ])('known by %s is read', async (_what, identity) => {
    const { messenger: chatType, id: chatId, ...more } = identity;
    stage.world.chat.contacts.set('3', {
      id: '3',
      name: 'Анна',
      responsibleUserId: String(SELLER_A),
      contactData: [{ chatType, ...(chatId !== '' && { chatId }), ...more }],
      uri: 'https://crm.amocrm.ru/contacts/detail/3',
    });
    expect(await servicesOf(stage.world).chat.contact('3')).toEqual(contact([identity]));
  });

  it('is read when the service sends null for what it does not know', async () => {
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

  it('that the service does not have is read as null', async () => {
    expect(await servicesOf(stage.world).chat.contact('40001')).toBeNull();
  });
});

describe('a report that a client may have a new owner', () => {
  const changed = (id: number) => servicesOf(stage.world).chat.changed(String(id));

  it('makes the service agree with the CRM, and returns what the service knows then', async () => {
    const anna = stage.world.clientWrites({ name: 'Анна' });
    anna.phones.push('ask the secretary');
    anna.responsibleUserId = SELLER_A;
    expect(await changed(anna.id)).toEqual({ kind: 'known', notNumbers: ['ask the secretary'] });
    expect(stage.world.chat.contacts.get(String(anna.id))).toMatchObject({
      responsibleUserId: String(SELLER_A),
      name: 'Анна',
    });
    stage.world.crm.deleteContact(ADMIN, anna.id);
    expect(await changed(anna.id)).toEqual({ kind: 'gone', notNumbers: [] });
  });

  it('is a timeout, and not a missing client, when the answer has no body yet', async () => {
    const { changed: late } = clientsThrough(answering(null));
    await expect(late('3')).rejects.toMatchObject({ code: 'timeout' });
  });

  it.each([[{ kind: 'sold' }], [{ kind: 'known', notNumbers: [7] }], [{}]])(
    'is unreadable when the answer is %o',
    async answer => {
      await expect(clientsThrough(answering(answer)).changed('3')).rejects.toMatchObject({
        code: 'unreadable',
      });
    },
  );
});
