/** The card's button: the one thing to do next about a client. */
import { asFailure } from '../../../http/failure.ts';
import type { Words } from '../../../words/words.tsx';
import type { Action } from '../card-shell.ts';
import type { CardModel } from '../model/card.ts';
import type { ClientModel } from '../model/deal-card.ts';
import { letterPlace } from './Letter.tsx';

export function actionOf(client: ClientModel, t: Words): Action | null {
  try {
    return nextAction(client, t);
  } catch (thrown) {
    asFailure(thrown);
    return { key: 'retry', label: t('claim.retry'), kind: 'plain', busy: false, press: client.look };
  }
}

function nextAction(client: ClientModel, t: Words): Action | null {
  const choice = client.state.value;
  switch (choice.kind) {
    case 'unread':
    case 'reading':
      // The same button as before loading, so that it does not disappear under the pointer.
      return {
        key: 'claim',
        label: t('card.button'),
        kind: 'primary',
        busy: choice.kind === 'reading' && choice.isPressed,
        press: client.press,
      };
    case 'none':
      return null;
    case 'failed':
      return { key: 'retry', label: t('claim.retry'), kind: 'plain', busy: false, press: choice.retry };
    case 'chosen': {
      const action = cardAction(choice.card, t);
      // Each of several clients gets its own button, because the first press only read who they are.
      const isOneOfMany = action !== null && choice.clients.length > 1;
      return isOneOfMany ? { ...action, key: `${action.key} ${choice.card.given.contactId}` } : action;
    }
  }
}

function cardAction(model: CardModel, t: Words): Action | null {
  // The form in the button's place has its own buttons.
  if (letterPlace(model) === 'button') return null;
  return pressAction(model, t) ?? takeAction(model, t) ?? chatAction(model, t);
}

function pressAction(model: CardModel, t: Words): Action | null {
  const state = model.state.value;
  switch (state.kind) {
    case 'asking':
    case 'writing':
    case 'checking':
      // The label stays. The line above says what is going on.
      return { ...claimAction(model, t), busy: true };
    case 'unknown':
      return { key: 'check', label: t('claim.lookAgain'), kind: 'plain', busy: false, press: model.check };
    case 'known':
    case 'unreadable':
    case 'offline':
    case 'mine':
    case 'given':
    case 'held':
    case 'changed':
    case 'withdrawn':
    case 'forbidden':
    case 'missing':
    case 'failed':
      return null;
  }
}

const claimAction = (model: CardModel, t: Words): Action => {
  const isColleagues = model.ownership.value.kind === 'colleagues';
  return {
    key: isColleagues ? 'take' : 'claim',
    label: t(isColleagues ? 'claim.take' : 'card.button'),
    kind: 'primary',
    busy: false,
    press: () => model.claim(),
  };
};

function takeAction(model: CardModel, t: Words): Action | null {
  const { exchange } = model;
  const state = model.state.value;
  const permission = model.permission.value;
  if (state.kind === 'missing' || state.kind === 'forbidden') return null;
  if (permission.kind === 'mine' || permission.kind === 'no-role') return null;
  switch (permission.kind) {
    case 'allowed':
      return claimAction(model, t);
    case 'needs-reason':
      return {
        key: 'reason',
        label: t('claim.take'),
        kind: 'primary',
        busy: false,
        press: () => exchange.open('reason'),
      };
    case 'ask-owner':
      return exchange.mine.value === null
        ? {
            key: 'ask',
            label: t('claim.ask.button'),
            kind: 'plain',
            busy: false,
            press: () => exchange.open('ask'),
          }
        : null;
  }
}

/** Opens the chat of a client who is mine. When there turns out to be no chat, there is no button. */
function chatAction({ ownership, state, window: chat, sources }: CardModel, t: Words): Action | null {
  const channels = chat.channels.value;
  const { kind } = state.value;
  // Right after a claim the button does not wait for the channels. Pressing it does.
  const isEarly = channels === null && kind === 'mine' && sources.chat.state.value.kind === 'reading';
  if (ownership.value.kind !== 'mine' || kind === 'missing' || !(isEarly || channels?.length)) return null;
  return {
    key: 'chat',
    label: t('claim.chat.open'),
    kind: 'primary',
    busy: chat.state.value.kind === 'opening',
    press: () => chat.open(t('claim.chat.opening')),
  };
}
