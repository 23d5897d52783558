import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Employee } from '../../../domain/employee.ts';
import { namedChat, namedRecords } from '../../../widget/words/named.ts';
import { createDictionary } from '../../../widget/words/words.tsx';
import en from '../../../locales/en.json' with { type: 'json' };
import { stageInNode, type NodeStage } from '../../mocks/node.ts';
import { ADMIN, NOBODY, SELLER_A } from '../../world/people.ts';
import { SALES_CHANNEL, WHOLESALE_CHANNEL } from '../../world/world.ts';
import { servicesOf } from '../../support/services.ts';

let stage: NodeStage;
beforeEach(() => {
  stage = stageInNode({ person: ADMIN });
});
afterEach(() => stage.close());

function services() {
  const { words } = createDictionary('en', en);
  const { records, chat } = servicesOf(stage.world);
  return { records: namedRecords(records, words), chat: namedChat(chat, words) };
}
const nameOf = ({ name }: { readonly name: string }): string => name;

describe.each(['', '   ', '\u200B\u2060', '\u3164'])('a thing with the name %j', blank => {
  it('in the CRM is shown as its kind and its id', async () => {
    const { crm } = stage.world;
    const contact = crm.addContact(blank, ['+7 916 000-00-01'], NOBODY);
    const deal = crm.addLead(blank, [contact.id], NOBODY);
    const [contactId, dealId] = [String(contact.id), String(deal.id)];
    const { records } = services();
    expect((await records.contact(contactId)).name).toBe(`Contact ${contactId}`);
    expect((await records.contacts([contactId])).map(nameOf)).toEqual([`Contact ${contactId}`]);
    expect((await records.deal(dealId)).deal.name).toBe(`Lead ${dealId}`);
    expect((await records.dealsOf({ id: '1', dealIds: [dealId] })).map(nameOf)).toEqual([`Lead ${dealId}`]);
  });

  it('is shown as its id for an employee, while the list loads and after, and as no name for a group', async () => {
    const { crm } = stage.world;
    const seller = crm.users.get(SELLER_A);
    Object.assign(seller ?? {}, { name: blank, groupId: 7 });
    crm.groups.set(7, blank);
    const come: Employee[] = [];
    const { items: found } = await services().records.employees({
      onProgress: ({ more }) => come.push(...more),
    });
    expect(come).toEqual(found);
    expect(found.find(({ id }) => id === String(SELLER_A))).toMatchObject({
      name: `Employee ${SELLER_A}`,
      group: '',
    });
    expect(found.filter(({ name }) => name.startsWith('Employee'))).toHaveLength(1);
  });

  it('in the chat service is shown as its number or its id', async () => {
    const { chat } = stage.world;
    chat.templates.push({ templateGuid: 't-1', name: blank, status: 'approved', text: 'Hello' });
    chat.channels.forEach((channel, at) => {
      chat.channels[at] = { ...channel, name: blank, ...(at === 0 && { plainId: blank }) };
    });
    const named = services().chat;
    expect((await named.channels()).items.map(nameOf)).toEqual([`Channel ${SALES_CHANNEL}`, '79865784458']);
    expect((await named.templates()).items.map(nameOf)).toEqual(['Template t-1']);
  });
});

it('visible names are not changed', async () => {
  const { crm, chat } = stage.world;
  const contact = crm.addContact(' A\u200B', [], NOBODY);
  const { records, chat: named } = services();
  expect((await records.contact(String(contact.id))).name).toBe(' A\u200B');
  expect((await records.employees()).items.map(nameOf)).toEqual([...crm.users.values()].map(nameOf));
  expect((await named.channels()).items.map(({ id }) => id)).toEqual([SALES_CHANNEL, WHOLESALE_CHANNEL]);
  expect((await named.channels()).items.map(nameOf)).toEqual(chat.channels.map(nameOf));
});
