/**
 * People, clients and channels with an empty name or a name of one character, in each view. Each must still be
 * readable, findable and clickable.
 */
import { HEAD_OF_SALES, NOBODY, SELLER_A, SELLER_B } from '../../world/people.ts';
import { entry } from './entry.ts';
import { isSaid, press, see, until } from './hands.ts';
import { give, seat, type PageStage } from './stage.ts';
import { openCard, openList, openPanel, reach } from './views.tsx';

const NAMES = ['', 'Я', '\u200B', ' '];

/** Gives every person, client, deal and channel one of these names in turn. */
function shorten({ world: { crm, chat } }: PageStage): void {
  const named = [...crm.users.values(), ...crm.contacts.values(), ...crm.leads.values()];
  named.forEach((one, at) => {
    one.name = NAMES[at % NAMES.length] ?? '';
  });
  chat.channels.forEach((channel, at) => {
    chat.channels[at] = { ...channel, name: NAMES[at] ?? '', plainId: '' };
  });
}

export const NAMELESS_STATES = {
  'roles-nameless': entry('dialog')(async stage => {
    give(stage, seat(SELLER_A, 'seller'), seat(9000, 'auditor'));
    shorten(stage);
    const model = openPanel(stage);
    await model.start();
    void model.select();
    await see('role.auditor');
  }),
  'card-nameless': entry('card', { person: SELLER_A })(async stage => {
    give(stage, seat(SELLER_A, 'seller'), seat(SELLER_B, 'seller'), seat(HEAD_OF_SALES, 'manager'));
    const client = stage.world.clientWrites();
    for (const owner of [NOBODY, HEAD_OF_SALES, SELLER_A, NOBODY])
      stage.world.crm.addLead('', [client.id], owner);
    shorten(stage);
    openCard(stage, { contactId: client.id });
    reach();
    await press('claim.sees.title');
  }),
  'list-nameless': entry('dialog', { person: SELLER_A })(async stage => {
    give(stage, seat(SELLER_A, 'seller'), seat(SELLER_B, 'seller'));
    const clients = [NOBODY, SELLER_B, SELLER_A, NOBODY].map((owner, at) => {
      const client = stage.world.clientWrites({ phone: `+7 916 000-00-${at}` });
      client.responsibleUserId = owner;
      return client;
    });
    shorten(stage);
    openList(
      stage,
      clients.map(({ id }) => id),
    );
    await until(() => isSaid('list.title') && !isSaid('list.reading'));
  }),
} as const;
