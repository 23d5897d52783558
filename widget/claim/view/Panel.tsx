/** The card's panel once everything is loaded: above its button whose client this is and what happened, below it the rest. */
import type { VNode } from 'preact';
import { Notice } from '../../ui/Notice.tsx';
import { Select } from '../../ui/Select.tsx';
import { whyFailed } from '../../why-failed.ts';
import { useWords, type Words } from '../../words.tsx';
import { AsksToMe, MyAsk } from './Ask.tsx';
import { Deals } from './Deals.tsx';
import { FollowUps } from './FollowUps.tsx';
import { Letter } from './Letter.tsx';
import type { CardModel } from '../model/card.ts';
import type { ClientChoice, ClientModel } from '../model/deal-card.ts';
import { Cancel, More } from './More.tsx';
import { OpenChat } from './OpenChat.tsx';
import { ownerLine } from '../owner-line.ts';
import { StateNotice } from './StateNotice.tsx';
import { WhoSees } from './WhoSees.tsx';

/** Whose client this is, in one line; a press that is under way instead, because nobody knows then. */
export function lineOf(choice: ClientChoice, t: Words): string {
  switch (choice.kind) {
    case 'unread':
      return t('card.dealClient');
    case 'reading':
      return t(choice.isPressed ? 'claim.deal.reading' : 'card.dealClient');
    case 'none':
    case 'failed':
      return t(`claim.deal.${choice.kind}`);
    case 'chosen': {
      const { kind } = choice.card.state.value;
      switch (kind) {
        case 'writing':
          return t('card.claiming');
        case 'checking':
          return t('claim.checking');
        case 'forbidden':
        case 'missing':
        case 'failed':
        case 'offline':
        case 'unknown':
          return t(`claim.${kind}`);
        case 'known':
        case 'unreadable':
        case 'mine':
        case 'changed':
        case 'taken':
        case 'too-soon':
        case 'kept':
          return ownerLine(choice.card.ownership.value, t);
      }
    }
  }
}

export function Above({ client }: { client: ClientModel }): VNode {
  const t = useWords();
  const choice = client.state.value;
  switch (choice.kind) {
    case 'unread':
    case 'reading':
      return (
        <p class="owner" role="status">
          {lineOf(choice, t)}
        </p>
      );
    case 'none':
      return <Notice tone="info">{t('claim.deal.none')}</Notice>;
    case 'failed':
      return (
        <Notice tone="problem">
          {t('claim.deal.failed')} {whyFailed(t, choice.failure)}
        </Notice>
      );
    case 'chosen':
      return <Client client={client} choice={choice} />;
  }
}

function Client({
  client,
  choice: { card, clients },
}: {
  client: ClientModel;
  choice: Extract<ClientChoice, { kind: 'chosen' }>;
}): VNode {
  const t = useWords();
  const state = card.state.value;
  const ownership = card.ownership.value;
  const isKnown = !['writing', 'checking', 'unknown', 'missing'].includes(state.kind);
  return (
    <>
      {clients.length > 1 && (
        <label class="field">
          <span>{t('claim.deal.client')}</span>
          <Select
            value={card.given.contactId}
            choices={clients.map(({ id, name }) => ({ value: id, label: name }))}
            onChoose={client.choose}
          />
        </label>
      )}
      {card.given.dealId !== null && clients.length < 2 && <p>{card.sources.contact.value()?.name}</p>}
      {isKnown && <p class="owner">{ownerLine(ownership, t)}</p>}
      <StateNotice model={card} />
      <Letter model={card} />
    </>
  );
}

/** What my chat roles mean for taking this client. */
function Permitted({ model }: { model: CardModel }): VNode | null {
  const t = useWords();
  const permission = model.permission.value;
  const { kind } = model.state.value;
  if (permission.kind === 'no-role') return <Notice tone="info">{t('claim.noRole')}</Notice>;
  if (permission.kind !== 'allowed' && permission.kind !== 'needs-reason') return null;
  const channels = (model.sources.chat.value()?.channels ?? [])
    .filter(({ id }) => permission.unseenOn.includes(id))
    .map(({ name }) => t('claim.channelName', { name }));
  if (channels.length > 0)
    return <p>{t('claim.unseenOn', { count: channels.length, channels: channels.join(', ') })}</p>;
  return kind === 'known' && model.ownership.value.kind === 'free' ? (
    <p class="quiet">{t('claim.freeHint')}</p>
  ) : null;
}

export function Below({ client }: { client: ClientModel }): VNode | null {
  const choice = client.state.value;
  if (choice.kind !== 'chosen') return null;
  const { card } = choice;
  // What follows from a press stands beside its button; what comes without one, beneath everything.
  const isOlder = card.state.value.kind === 'known';
  return (
    <>
      <Cancel model={card} />
      <Undone model={card} />
      {!isOlder && <FollowUps model={card} />}
      {card.sources.isReading.value ? <Reading /> : <Rest card={card} />}
      {isOlder && <FollowUps model={card} />}
    </>
  );
}

/** What servers tell comes all at once: so nothing of it moves what is already there. */
function Rest({ card }: { card: CardModel }): VNode {
  return (
    <>
      <Permitted model={card} />
      <AsksToMe model={card} />
      <MyAsk model={card} />
      <OpenChat model={card} />
      <Deals model={card} />
      <WhoSees key={card.given.contactId} model={card} />
      <More model={card} />
    </>
  );
}

function Reading(): VNode {
  const t = useWords();
  return (
    <>
      <p class="quiet">{t('claim.deals.reading')}</p>
      <p class="quiet">{t('claim.sees.reading')}</p>
    </>
  );
}

/** An undo that did not come about. */
function Undone({ model }: { model: CardModel }): VNode | null {
  const t = useWords();
  const state = model.undoing.state.value;
  if (state.kind === 'none' || state.kind === 'offered' || state.kind === 'undoing') return null;
  return <Notice tone="problem">{t(`claim.undoFailed.${state.kind}`)}</Notice>;
}
