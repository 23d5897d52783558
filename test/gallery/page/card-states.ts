/** A card in each of its states, as seller A sees it. */
import { HEAD_OF_SALES, NOBODY, SELLER_A, SELLER_B } from '../../world/people.ts';
import type { CrmContact } from '../../world/crm.ts';
import { SALES_CHANNEL, WHOLESALE_CHANNEL } from '../../world/world.ts';
import { entry, type Entry } from './entry.ts';
import { choose, isSaid, press, see, until, write, type Key } from './hands.ts';
import { give, seat, type PageStage } from './stage.ts';
import { hold } from '../../mocks/claims.ts';
import { openCard, reach, type CardOptions } from './views.tsx';

const WRITE = /^PATCH \/api\/v4\/contacts/;
const READ = /^GET \/api\/v4\/contacts/;
const TELL = /^POST \/v3\/contacts/;

type Then = (stage: PageStage, client: CrmContact) => unknown;

const card = (owner: number, options: CardOptions, then: Then): Entry =>
  entry('card', { person: SELLER_A })(async stage => {
    give(stage, seat(SELLER_A, 'seller'), seat(SELLER_B, 'seller'), seat(HEAD_OF_SALES, 'manager'));
    const client = stage.world.clientWrites();
    client.responsibleUserId = owner;
    stage.world.crm.addLead('Доставка', [client.id], NOBODY);
    stage.world.crm.addLead('Ремонт кофемашины', [client.id], HEAD_OF_SALES);
    openCard(stage, { contactId: client.id, ...options });
    await then(stage, client);
  });
/** The pointer reaches the card, and everything is read. */
const looked = (owner: number, then: Then = () => undefined, options: CardOptions = {}): Entry =>
  card(owner, options, async (stage, client) => {
    reach();
    await see('claim.sees.title');
    await then(stage, client);
  });
const pressed = (said: Key, happens: Then = () => undefined, options: CardOptions = {}): Entry =>
  card(NOBODY, options, async (stage, client) => {
    await happens(stage, client);
    await press('card.button');
    await see(said);
  });
const add =
  (on: RegExp, happens: Parameters<PageStage['world']['disturbances']['add']>[1], times?: number): Then =>
  ({ world }) =>
    world.disturbances.add(on, happens, times);
const by = (person: number, { world }: PageStage, client: CrmContact): void => {
  world.crm.assignContact(person, client.id, person);
};

const WINDOW = /^POST \/v3\/iframe/;
/** A claim followed by its undo. */
const undone = (said: Key, happens: Then): Entry =>
  card(NOBODY, {}, async (stage, client) => {
    await press('card.button');
    await see('claim.followUp.told');
    await happens(stage, client);
    await press('claim.undo');
    await see(said);
  });
/** The client has written to the sales channel, and also to `channelId` if that is another one. */
const chat = (channelId: string, happens: Then, said?: Key): Entry =>
  card(SELLER_A, {}, async (stage, client) => {
    if (channelId !== SALES_CHANNEL) {
      const chatId = (client.phones[0] ?? '').replace(/\D/g, '');
      const id = String(client.id);
      const contactData = ['whatsapp', 'telegram'].map(chatType => ({ chatType, chatId }));
      stage.world.chat.contacts.set(id, {
        id,
        name: client.name,
        responsibleUserId: String(SELLER_A),
        contactData,
      });
      give(stage, seat(SELLER_A, 'seller'), seat(SELLER_A, 'seller', channelId));
    }
    reach();
    window.open = () => null;
    await happens(stage, client);
    await press('claim.chat.open');
    if (said) await see(said);
  });
const deal = (then: () => unknown, isLookedAt: boolean, fault?: 'lost-before' | 'forbidden-json'): Entry =>
  entry('card', { person: SELLER_A })(async stage => {
    const client = stage.world.clientWrites();
    const { id } = stage.world.crm.addLead('Доставка', [client.id], NOBODY);
    if (fault) stage.world.disturbances.add(/^GET \/api\/v4\/(leads|contacts)/, fault, Infinity);
    openCard(stage, { dealId: id });
    if (isLookedAt) reach();
    await then();
  });

export const CARD_STATES = {
  'card-unsaved': entry('card', { person: SELLER_A })(stage => openCard(stage, { contactId: 0 })),
  'card-folded-free': card(NOBODY, { folded: true }, () => see('card.button')),
  'card-folded-mine': card(SELLER_A, { folded: true }, () => see('card.mine')),
  'card-folded-colleagues': card(SELLER_B, { folded: true }, () => undefined),
  'card-free': card(NOBODY, {}, () => see('card.button')),
  'card-colleagues': card(SELLER_B, {}, () => see('card.details')),
  'card-mine': card(SELLER_A, {}, () => see('card.mine')),
  'card-looked-free': looked(NOBODY),
  'card-looked-mine': looked(SELLER_A),
  'card-looked-colleagues': looked(SELLER_B),
  'card-who-sees': looked(NOBODY, () => press('claim.sees.title')),
  'card-reading': card(NOBODY, {}, async stage => {
    stage.world.disturbances.add(/v4\/leads|GET \/settings/, 'lost-before', Infinity);
    reach();
    await see('claim.deals.reading');
  }),
  'card-read-failed': card(NOBODY, {}, async stage => {
    stage.world.disturbances.add(/v4\/leads|GET \/settings/, 'forbidden-json', Infinity);
    reach();
    await see('failure.chat.forbidden');
  }),
  'card-no-role': card(NOBODY, {}, async stage => {
    give(stage);
    reach();
    await see('claim.noRole');
  }),
  'card-claiming': pressed('card.claiming', add(WRITE, 'lost-before')),
  'card-checking': pressed('claim.checking', add(WRITE, 'cut')),
  'card-claimed': pressed('claim.followUp.told'),
  'card-folded-claimed': pressed('claim.chat.open', undefined, { folded: true }),
  'card-changed': pressed('claim.changed.colleagues', (stage, client) => by(SELLER_B, stage, client)),
  'card-held': pressed('claim.held', (stage, client) => {
    hold(stage.world, stage.memory.claims, [SELLER_B, client.id]);
  }),
  'card-withdrawn': pressed('claim.withdrawn', (stage, client) =>
    stage.world.disturbances.add(WRITE, () => by(SELLER_B, stage, client)),
  ),
  'card-later': pressed('claim.followUp.later', add(/POST \/claims/, 'cut', Infinity)),
  'card-refused': pressed(
    'failure.crm.forbidden',
    ({ world }) => {
      const seller = world.crm.users.get(SELLER_A);
      if (seller) seller.leads = { view: 'A', edit: 'D' };
    },
    { claims: { deals: 'always' } },
  ),
  'card-opening': card(NOBODY, { load: () => new Promise(() => undefined) }, () => press('card.button')),
  'card-not-loaded': card(NOBODY, { load: () => Promise.reject(new Error('offline')) }, async () => {
    await press('card.button');
    await see('card.notLoaded');
  }),
  'card-telling': pressed('claim.followUp.waiting.chat', add(TELL, 'lost-before')),
  'card-undo-over': card(NOBODY, {}, async () => {
    await press('card.button');
    await see('claim.followUp.told');
    await until(() => !isSaid('claim.undo'));
  }),
  'card-undoing': undone('claim.undoing', add(WRITE, 'lost-before')),
  'card-undo-too-late': undone('claim.undoFailed.not-mine', (stage, client) => by(SELLER_B, stage, client)),
  'card-undo-forbidden': undone('claim.undoFailed.forbidden', add(WRITE, 'no-rights-244')),
  'card-undo-missing': undone('claim.undoFailed.missing', (_, client) => {
    client.isDeleted = true;
  }),
  'card-undo-failed': undone('claim.undoFailed.failed', add(WRITE, 'unauthorized')),
  'card-undo-unknown': undone('claim.undoFailed.unknown', add(WRITE, 'cut')),
  'card-chat-opening': chat(SALES_CHANNEL, add(WINDOW, 'lost-before')),
  'card-chat-choosing': chat(WHOLESALE_CHANNEL, () => undefined, 'claim.chat.channel'),
  'card-chat-at': chat(SALES_CHANNEL, () => undefined, 'claim.chat.link'),
  'card-chat-failed': chat(SALES_CHANNEL, add(WINDOW, 'forbidden-json'), 'claim.chat.failed'),
  'card-asking': looked(
    SELLER_B,
    async stage => {
      await press('claim.ask.button');
      stage.world.disturbances.add(/POST \/api\/v4\/tasks/, 'lost-before');
      await press('claim.ask.send');
      await see('claim.ask.sending');
    },
    { claims: { fromColleague: 'never' } },
  ),
  'card-forbidden': pressed('claim.forbidden', add(WRITE, 'no-rights-244')),
  'card-missing': pressed('claim.missing', (_, client) => {
    client.isDeleted = true;
  }),
  'card-failed': pressed('claim.failed', add(WRITE, 'unauthorized')),
  'card-unknown': pressed('claim.unknown', add(WRITE, 'cut')),
  'card-offline': pressed('claim.offline', () => {
    Object.defineProperty(navigator, 'onLine', { value: false });
  }),
  'card-unreadable': card(NOBODY, {}, async stage => {
    stage.world.disturbances.add(READ, 'forbidden-json', Infinity);
    reach();
    await see('claim.unreadable');
  }),
  'card-not-told': pressed('claim.followUp.notTold', add(TELL, 'server-error', Infinity)),
  'card-not-connected': pressed('claim.followUp.notConnected', undefined, { chatUrl: '' }),
  'card-reason': looked(SELLER_B, () => press('claim.take'), { claims: { fromColleague: 'with-reason' } }),
  'card-ask': looked(SELLER_B, () => press('claim.ask.button'), { claims: { fromColleague: 'never' } }),
  'card-asked': looked(
    SELLER_B,
    async () => {
      await press('claim.ask.button');
      await write('textarea, input:not([type])', 'Это мой сосед, он просил именно меня');
      await press('claim.ask.send');
      await see('claim.ask.asked');
    },
    { claims: { fromColleague: 'never' } },
  ),
  'card-give': looked(SELLER_A, async () => {
    await press('claim.more');
    await press('claim.give.button');
  }),
  'card-given': looked(SELLER_A, async () => {
    await press('claim.more');
    await press('claim.give.button');
    await choose('select', String(SELLER_B));
    await press('claim.give.send');
    await see('claim.give.given');
  }),
  'card-release': looked(SELLER_A, async () => {
    await press('claim.more');
    await press('claim.give.release');
  }),
  'card-deal': entry('card', { person: SELLER_A })(async stage => {
    give(stage, seat(SELLER_A, 'seller'));
    const client = stage.world.clientWrites();
    const deal = stage.world.crm.addLead('Доставка', [client.id], NOBODY);
    openCard(stage, { dealId: deal.id });
    reach();
    await see('claim.sees.title');
  }),
  'card-deal-first': deal(() => see('card.dealClient'), false),
  'card-deal-reading': deal(
    async () => {
      await press('card.button');
      await see('claim.deal.reading');
    },
    false,
    'lost-before',
  ),
  'card-deal-failed': deal(() => see('claim.deal.failed'), true, 'forbidden-json'),
  'card-deal-without-contact': entry('card', { person: SELLER_A })(async stage => {
    const deal = stage.world.crm.addLead('Пустая', [], NOBODY);
    openCard(stage, { dealId: deal.id });
    reach();
    await see('claim.deal.none');
  }),
} as const;
