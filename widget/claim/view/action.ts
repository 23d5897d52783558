/** The one thing to do next about a client: what the card's button says and does. */
import type { Words } from '../../words.tsx';
import type { Action } from '../first.ts';
import type { CardModel } from '../model/card.ts';
import type { ClientModel } from '../model/deal-card.ts';

export function actionOf(client: ClientModel, t: Words): Action | null {
  const choice = client.state.value;
  switch (choice.kind) {
    case 'unread':
    case 'reading':
      // As on the first face: what is pressed does not go away under the pointer.
      return {
        label: t('card.button'),
        kind: 'primary',
        busy: choice.kind === 'reading' && choice.isPressed,
        press: () => void client.press(),
      };
    case 'none':
      return null;
    case 'failed':
      return { label: t('claim.retry'), kind: 'plain', busy: false, press: choice.retry };
    case 'chosen':
      return onCard(choice.card, t);
  }
}

function onCard(model: CardModel, t: Words): Action | null {
  return exchanging(model, t) ?? settling(model, t) ?? undoing(model, t) ?? next(model, t);
}

/** While words are being written, the button sends them. */
function exchanging(model: CardModel, t: Words): Action | null {
  const { exchange } = model;
  const state = exchange.state.value;
  if (state.kind !== 'writing' && state.kind !== 'sending') return null;
  const busy = state.kind === 'sending';
  const primary = { kind: 'primary', busy } as const;
  switch (state.purpose) {
    case 'reason':
      return {
        ...primary,
        label: t('claim.take'),
        disabled: exchange.words.value.trim() === '',
        press() {
          const reason = exchange.words.value;
          exchange.close();
          model.claim(reason);
        },
      };
    case 'ask':
      return {
        ...primary,
        label: t(busy ? 'claim.ask.sending' : 'claim.ask.send'),
        disabled: exchange.asked.value === null,
        press: () => void exchange.ask(),
      };
    case 'give':
      return {
        ...primary,
        label: t(busy ? 'claim.give.sending' : 'claim.give.send'),
        disabled: !busy && exchange.toId.value === '',
        press: () => void exchange.give(),
      };
    case 'release':
      return { ...primary, label: t('claim.give.release'), press: () => void exchange.release?.() };
  }
}

const taking = ({ ownership }: CardModel, t: Words): string =>
  t(ownership.value.kind === 'colleagues' ? 'claim.take' : 'card.button');

function settling(model: CardModel, t: Words): Action | null {
  const state = model.state.value;
  switch (state.kind) {
    case 'writing':
    case 'checking':
      // Keeps its name: what goes on is said in the line above.
      return { label: taking(model, t), kind: 'primary', busy: true, press: () => undefined };
    case 'unknown':
      return { label: t('claim.lookAgain'), kind: 'plain', busy: false, press: model.check };
    case 'kept':
      return {
        label: t('claim.keptGive'),
        kind: 'primary',
        busy: false,
        press: () => void model.exchange.giveTo(state.firstId),
      };
    case 'known':
    case 'unreadable':
    case 'offline':
    case 'mine':
    case 'changed':
    case 'taken':
    case 'too-soon':
    case 'forbidden':
    case 'missing':
    case 'failed':
      return null;
  }
}

function undoing({ undoing: { state, undo }, given }: CardModel, t: Words): Action | null {
  const now = state.value;
  if (now.kind === 'undoing')
    return { label: t('claim.undoing'), kind: 'plain', busy: true, press: () => undefined };
  if (now.kind !== 'offered') return null;
  return {
    label: t('claim.undo', { seconds: now.seconds }),
    kind: 'plain',
    busy: false,
    press: () => void undo(given.letters.undone()),
  };
}

function next(model: CardModel, t: Words): Action | null {
  const { exchange } = model;
  const state = model.state.value;
  const permission = model.permission.value;
  const ready = { kind: 'primary', busy: false } as const;
  if (state.kind === 'missing' || state.kind === 'forbidden') return null;
  if (permission.kind === 'mine' || permission.kind === 'no-role') return null;
  const ask: Action | null =
    exchange.mine.value === null
      ? { ...ready, label: t('claim.ask.button'), press: () => exchange.open('ask') }
      : null;
  if (state.kind === 'too-soon') return ask;
  if (state.kind === 'taken' && state.iWasFirst)
    return { ...ready, label: t('claim.takeBack'), press: () => model.claim() };
  switch (permission.kind) {
    case 'allowed':
      return { ...ready, label: taking(model, t), press: () => model.claim() };
    case 'needs-reason':
      return { ...ready, label: t('claim.take'), press: () => exchange.open('reason') };
    case 'ask-owner':
      return ask;
  }
}
