/** Each action that a person can do on a card: how it starts, and when it is done. */
import { screen } from '@testing-library/preact';
import userEvent from '@testing-library/user-event';
import ru from '../../../../locales/ru.json' with { type: 'json' };
import type { CrmLead } from '../../../world/crm.ts';
import { NOBODY, SELLER_A, SELLER_B } from '../../../world/people.ts';
import { servicesOf } from '../../../support/services.ts';
import { cardStage, CLAIM, press, type CardOptions, type CardStage } from './card-stage.tsx';

/** The stage and the client of an action. */
export type At = { readonly stage: CardStage; readonly deal: CrmLead; readonly options: CardOptions };

export type Verb = {
  readonly owner: number;
  /** Label of the button that starts it. */
  readonly name: string;
  readonly options?: CardOptions;
  /** Prepares the card until the action can be started. Nothing is broken yet. */
  readonly prepare?: (at: At) => Promise<unknown>;
  readonly press: (at: At) => Promise<unknown>;
  readonly isDone: (at: At) => boolean;
  /** The methods to test, if the others are covered by another action. */
  readonly points?: RegExp;
};

/** The text up to its first placeholder, or its first sentence. */
const beginningOf = (text: string): string => text.split(/\{\{|\. /)[0] ?? text;
export const isSaid = (text: string): boolean => document.body.textContent.includes(text);

const open = async ({ stage, options }: At): Promise<unknown> => stage.openCard(options);
const look = async ({ stage, options }: At): Promise<void> => {
  stage.openCard(options).look();
  await screen.findByText(ru.claim.sees.title);
};
const more = async (at: At): Promise<void> => {
  await look(at);
  await userEvent.click(screen.getByText(ru.claim.more));
};
const askedByB = async (at: At): Promise<void> => {
  const { world, client } = at.stage;
  world.crm.writeTask(SELLER_B, {
    entityType: 'contacts',
    entityId: client.id,
    responsibleUserId: SELLER_A,
    text: `${ru.letter.question}\n[crm-chat-roles:ask]`,
    completeTill: world.clock.now() / 1000 + 3600,
  });
  await look(at);
  await screen.findByRole('button', { name: ru.claim.ask.refuse });
};

const owner = ({ stage }: At): number => stage.client.responsibleUserId;
/** The owner in the chat service's copy. */
const copy = ({ stage }: At): string | undefined =>
  stage.world.chat.contacts.get(String(stage.client.id))?.responsibleUserId;
const tasks = ({ stage }: At) => [...stage.world.crm.tasks.values()];
const isMine = (at: At): boolean => owner(at) === SELLER_A && copy(at) === String(SELLER_A);

export const VERBS = {
  'I’m responsible': {
    owner: NOBODY,
    name: CLAIM,
    prepare: open,
    press: () => press(CLAIM),
    isDone: isMine,
  },
  'I’m responsible, with deals': {
    owner: NOBODY,
    name: CLAIM,
    options: { claims: { deals: 'always' } },
    prepare: open,
    press: () => press(CLAIM),
    isDone: at => owner(at) === SELLER_A && at.deal.responsibleUserId === SELLER_A,
    points: /server/,
  },
  'I’m responsible, in a deal’s card': {
    owner: NOBODY,
    name: CLAIM,
    prepare: async ({ stage, deal }) => stage.openCard({ dealId: deal.id }),
    press: () => press(CLAIM),
    isDone: isMine,
    points: /records\.(deal|contacts)$/,
  },
  'taking a colleague’s client': {
    owner: SELLER_B,
    name: ru.claim.take,
    options: { claims: { fromColleague: 'freely', task: true } },
    prepare: look,
    press: () => press(ru.claim.take),
    isDone: isMine,
    points: /server|setOwner/,
  },
  'looking at the panel': {
    owner: SELLER_B,
    name: ru.card.details,
    prepare: open,
    press: () => press(ru.card.details),
    isDone: () => ['Доставка', ru.claim.sees.title].every(isSaid),
  },
  undo: {
    owner: NOBODY,
    name: ru.claim.undo,
    prepare: async at => {
      await open(at);
      await press(CLAIM);
      await screen.findByText(new RegExp(beginningOf(ru.claim.followUp.told)));
    },
    press: () => press(ru.claim.undo),
    isDone: at => owner(at) === NOBODY && copy(at) === undefined,
    points: /records|server/,
  },
  'handing over': {
    owner: SELLER_A,
    name: ru.claim.give.button,
    prepare: async at => {
      await more(at);
      await press(ru.claim.give.button);
      await userEvent.selectOptions(screen.getByLabelText(ru.claim.give.to), 'Борис Белов');
    },
    press: () => press(ru.claim.give.send),
    isDone: at => owner(at) === SELLER_B && copy(at) === String(SELLER_B),
    points: /records/,
  },
  'giving back': {
    owner: SELLER_A,
    name: ru.claim.give.release,
    prepare: async at => {
      await more(at);
      await press(ru.claim.give.release);
    },
    press: () => press(ru.claim.give.release),
    isDone: at => owner(at) === NOBODY && copy(at) === undefined,
    points: /server/,
  },
  asking: {
    owner: SELLER_B,
    name: ru.claim.ask.button,
    options: { claims: { fromColleague: 'never' } },
    prepare: async at => {
      await look(at);
      await press(ru.claim.ask.button);
    },
    press: () => press(ru.claim.ask.send),
    isDone: at => tasks(at).length === 1 && isSaid(beginningOf(ru.claim.ask.asked)),
    points: /task/i,
  },
  'granting a colleague’s request': {
    owner: SELLER_A,
    name: ru.claim.ask.grant,
    prepare: askedByB,
    press: () => press(ru.claim.ask.grant),
    isDone: at => owner(at) === SELLER_B && tasks(at).every(({ isCompleted }) => isCompleted),
    points: /records\.(contact|setOwner)$|server/,
  },
  'refusing a colleague’s request': {
    owner: SELLER_A,
    name: ru.claim.ask.refuse,
    prepare: askedByB,
    press: () => press(ru.claim.ask.refuse),
    isDone: at => tasks(at).every(({ isCompleted }) => isCompleted),
    points: /completeTask/,
  },
  'taking the ticked deals': {
    owner: SELLER_A,
    name: ru.claim.deals.move,
    options: { claims: { deals: 'ask' } },
    prepare: look,
    press: () => press(ru.claim.deals.move),
    isDone: at => at.deal.responsibleUserId === SELLER_A,
    points: /deals|DealOwners|changed/,
  },
  'opening the chat': {
    owner: SELLER_A,
    name: ru.claim.chat.open,
    prepare: look,
    press: () => press(ru.claim.chat.open),
    isDone: () => false,
    points: /windowAddress|isOwnAddress/,
  },
} as const satisfies Readonly<Record<string, Verb>>;

/** A new stage for this action, prepared until it can be started. */
export async function begin({ owner: has, options = {}, prepare }: Verb): Promise<At> {
  const stage = cardStage();
  stage.client.responsibleUserId = has;
  const at: At = {
    stage,
    options,
    deal: stage.world.crm.addLead('Доставка', [stage.client.id], NOBODY),
  };
  try {
    // The chat service knows the client's owner.
    await servicesOf(stage.world).chat.changed(String(stage.client.id));
    await prepare?.(at);
  } catch (error) {
    await stage.end();
    throw error;
  }
  stage.called.length = 0;
  return at;
}
