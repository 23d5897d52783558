/** The card's panel once everything is loaded: the owner above the button, and everything else below it. */
import type { VNode } from 'preact';
import { isOneOf } from '../../../../domain/one-of.ts';
import { Notice } from '../../../ui/Notice.tsx';
import { Select } from '../../../ui/Select.tsx';
import { whyFailed } from '../../../words/why-failed.ts';
import { labelsOf } from '../../../../domain/namesakes.ts';
import { useWords, type Words } from '../../../words/words.tsx';
import { AsksToMe, MyAsk, Theirs } from './Ask.tsx';
import { Deals } from './Deals.tsx';
import { FollowUps, isTroubled } from './FollowUps.tsx';
import { HandOver, Letter } from './Letter.tsx';
import type { CardModel } from '../model/card.ts';
import type { ClientChoice, ClientModel } from '../model/deal-card.ts';
import { More } from './More.tsx';
import { ChatState, OpenChat } from './OpenChat.tsx';
import { ownerLine } from '../owner-line.ts';
import { StateNotice, unknownText } from './StateNotice.tsx';
import { Steady } from './Steady.tsx';
import { TroubleNotice } from './Trouble.tsx';
import { Place, Undo } from './Undo.tsx';
import { WhoSees } from './WhoSees.tsx';

/** The client's owner in one line, or the press under way, because then the owner is uncertain. */
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
      const state = choice.card.state.value;
      switch (state.kind) {
        case 'asking':
        case 'writing':
          return t('card.claiming');
        case 'checking':
          return t('claim.checking');
        case 'forbidden':
        case 'missing':
        case 'failed':
        case 'offline':
          return t(`claim.${state.kind}`);
        case 'unknown':
          return unknownText(state, t);
        case 'known':
        case 'unreadable':
        case 'mine':
        case 'given':
        case 'held':
        case 'changed':
        case 'withdrawn':
          return ownerLine(choice.card.ownership.value, t);
      }
    }
  }
}

/** Keyed by its text, because a page translator may keep showing the text of the former line. */
export function Line({ client }: { client: ClientModel }): VNode {
  const line = lineOf(client.state.value, useWords());
  return <span key={line}>{line}</span>;
}

export function Above({ client }: { client: ClientModel }): VNode {
  const t = useWords();
  const choice = client.state.value;
  switch (choice.kind) {
    case 'unread':
    case 'reading':
      return (
        <p key={lineOf(choice, t)} class="owner" role="status">
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
  const { kind } = card.state.value;
  // One line only, so that the button does not move. Everything else is shown beneath it.
  const line = isOneOf(kind, ['asking', 'writing'])
    ? t('card.claiming')
    : isOneOf(kind, ['checking', 'unknown', 'missing'])
      ? t(kind === 'checking' ? 'claim.checking' : `list.${kind}`)
      : ownerLine(card.ownership.value, t);
  const labels = labelsOf(clients.map(({ id, name, phones }) => ({ id, name, details: phones })));
  return (
    <>
      {clients.length > 1 && (
        <label class="field">
          <span>{t('claim.deal.client')}</span>
          <Select
            value={card.given.contactId}
            choices={clients.map(({ id, name }) => ({ value: id, label: labels.get(id) ?? name }))}
            onChoose={client.choose}
          />
        </label>
      )}
      {clients.length === 1 && <p>{clients[0]?.name}</p>}
      <p key={line} class="owner" role="status">
        {line}
      </p>
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

/** Shown under the button while the CRM folds the panel. */
export function Under({ client, main }: Shown): VNode | null {
  const choice = client.state.value;
  if (choice.kind !== 'chosen') return null;
  const { card } = choice;
  return (
    <>
      <Place model={card} main={main} />
      <Undo model={card} />
      <TroubleNotice trouble={card.trouble.value} />
      {card.ownership.value.kind === 'mine' && <ChatState model={card} />}
    </>
  );
}

/** `main`: key of the button's action; empty when there is no button. */
type Shown = { readonly client: ClientModel; readonly main: string };

export function Below({ client, main }: Shown): VNode | null {
  const t = useWords();
  const choice = client.state.value;
  if (choice.kind !== 'chosen') return null;
  const { card } = choice;
  // After a press the follow-ups are shown next to the button. Without one they go to the bottom.
  const isOlder = card.state.value.kind === 'known';
  return (
    <>
      <Place model={card} main={main} />
      {/* Above everything that appears and disappears with other presses. */}
      <Undo model={card} />
      <StateNotice model={card} />
      <TroubleNotice trouble={card.trouble.value} />
      <Letter model={card} place="button" />
      <HandOver model={card} />
      {card.ownership.value.kind === 'mine' && <ChatState model={card} />}
      {!isOlder && <FollowUps model={card} />}
      {card.sources.isReading.value ? <Reading /> : <Rest card={card} />}
      {isOlder && <FollowUps model={card} />}
      <Steady first="claim" of={[main, ...doable(card, t)].join(' ')} />
    </>
  );
}

/** Everything read from servers appears at once, so that no late part moves what is already there. */
function Rest({ card }: { card: CardModel }): VNode {
  return (
    <>
      <Theirs model={card} />
      <Permitted model={card} />
      <AsksToMe model={card} />
      {card.given.hides?.(card)}
      <MyAsk model={card} />
      <OpenChat model={card} />
      <Deals model={card} />
      <WhoSees key={card.given.contactId} model={card} />
      <Letter model={card} place="more" />
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

/** Changes whenever the set of possible actions changes, apart from the button's. */
function doable(card: CardModel, t: Words): readonly string[] {
  const { exchange, undoing, trouble } = card;
  const kinds = [exchange.state.value.kind, undoing.state.value.kind, trouble.value ? 'trouble' : 'none'];
  return [
    ...kinds.filter(kind => kind !== 'idle' && kind !== 'none'),
    ...exchange.toMe.value.map(({ taskId }) => taskId),
    ...(isTroubled(card, t) ? ['troubled'] : []),
  ];
}
