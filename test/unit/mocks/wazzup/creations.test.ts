import { describe, expect, it } from 'vitest';
import { SALES_CHANNEL } from '../../../world/world.ts';
import { CHAT_ID, clientWrites, ME, subscribed, type Listening } from './listening.ts';

describe('a request to create a client', () => {
  const contact = {
    id: 'c-1',
    responsibleUserId: ME,
    name: 'Anna',
    contactData: [{ chatType: 'whatsapp', chatId: CHAT_ID }],
    uri: 'https://crm.example.com/c-1',
  };
  const deal = {
    id: 'd-1',
    responsibleUserId: ME,
    name: 'Anna',
    uri: 'https://crm.example.com/d-1',
    contacts: ['c-1'],
    closed: false,
  };
  const answers = (body: object) =>
    Response.json('createContact' in body ? contact : 'createDeal' in body ? deal : {});
  const creations = ({ hooks }: Listening) =>
    hooks().filter(body => 'createContact' in Object(body) || 'createDeal' in Object(body));

  async function office(
    newClients: 'in-turn' | 'first-responder',
    answer: (body: object) => Response = answers,
  ) {
    const here = await subscribed(answer);
    const { chat } = here.world;
    chat.newClients = newClients;
    chat.settings.userRoles = [
      { channelId: SALES_CHANNEL, userId: ME, role: 'seller', allowGetNewClients: true },
    ];
    chat.pipelines = [{ id: '1', name: 'Pipeline' }];
    return here;
  }

  it('is sent at the first message when clients are given in turn, first for the contact and then for the deal', async () => {
    const here = await office('in-turn');
    clientWrites(here.world);
    clientWrites(here.world, 'Anybody there?');
    await here.world.settled();
    expect(creations(here)).toEqual([
      {
        createContact: {
          responsibleUserId: ME,
          name: 'Anna',
          contactData: contact.contactData,
          source: 'auto',
        },
      },
      { createDeal: { responsibleUserId: ME, contacts: ['c-1'], source: 'auto' } },
    ]);
    expect([[...here.world.chat.contacts.keys()], [...here.world.chat.deals.keys()]]).toEqual([
      ['c-1'],
      ['d-1'],
    ]);
  });

  it('is sent when a first responder answers in the window, but not from the phone', async () => {
    const here = await office('first-responder');
    const thread = clientWrites(here.world);
    here.world.chat.answerFromPhone(thread, 'ok');
    await here.world.settled();
    expect(creations(here)).toEqual([]);
    here.world.chat.reply(ME, thread, 'Hi');
    await here.world.settled();
    expect(creations(here).length).toBe(2);
  });

  it('is sent again after a useless answer, and never again once the client is known', async () => {
    let useful = false;
    const here = await office('first-responder', body =>
      useful ? answers(body) : Response.json({ ok: true }),
    );
    const thread = clientWrites(here.world);
    const counts = [];
    for (const works of [false, true, true]) {
      useful = works;
      here.world.chat.reply(ME, thread, 'Hi');
      await here.world.settled();
      counts.push(creations(here).length);
    }
    expect(counts).toEqual([1, 3, 3]);
  });

  it.each<[string, (here: Listening) => void]>([
    ['nobody receives new clients', ({ world }) => void (world.chat.settings.userRoles = [])],
    ['no users are loaded', ({ world }) => world.chat.users.clear()],
    [
      'it is switched off',
      ({ world }) => void (world.chat.hooks.subscriptions.contactsAndDealsCreation = false),
    ],
  ])('is not sent when %s', async (_why, change) => {
    const here = await office('in-turn');
    change(here);
    clientWrites(here.world);
    await here.world.settled();
    expect(creations(here)).toEqual([]);
  });

  it('for a deal is sent for "+", unless there are no pipelines', async () => {
    const here = await office('in-turn');
    here.world.chat.creations.pressPlus(ME, 'c-1');
    await here.world.settled();
    here.world.chat.pipelines = [];
    here.world.chat.creations.pressPlus(ME, 'c-1');
    await here.world.settled();
    expect(creations(here)).toEqual([
      { createDeal: { responsibleUserId: ME, contacts: ['c-1'], source: 'byUser' } },
    ]);
  });
});
