/** The part of the package behind the card's first face: the clients of both services, the claim, its models and views. */
import { wazzupChat } from './chat/wazzup/chat.ts';
import type { Desk } from './claim/model/desk.ts';
import { once } from './claim/follow-up/once.ts';
import type { CardPart } from './claim/first.ts';
import { followUpWork } from './claim/follow-up/work.ts';
import { gatheredCrm } from './claim/race/gathering.ts';
import { lettersFrom } from './claim/follow-up/letters.ts';
import { ofContact, ofDeal } from './claim/model/deal-card.ts';
import { openOutbox } from './claim/follow-up/outbox-open.ts';
import { cardPart } from './claim/part.tsx';
import { createSettlings } from './claim/race/settling.ts';
import { chosenGateway } from './domain/gateway-address.ts';
import type { OwnSettings } from './domain/own-settings.ts';
import { readOwnRules } from './domain/own-rules.ts';
import { ownershipOf } from './domain/ownership.ts';
import { amocrmRecords } from './host/amocrm/records.ts';
import type { HostPage, Undo } from './host/host.ts';
import { createPace } from './http/pace.ts';
import type { Words } from './words.tsx';

export type ClaimGiven = {
  readonly page: HostPage;
  readonly origin: string;
  readonly integrationId: string;
  readonly own: OwnSettings;
  /** Used where the account has set none; empty for none. */
  readonly defaultChatUrl: string;
  readonly words: Words;
};

export type OpenDesk = { readonly desk: Desk; readonly close: Undo };

export function openDesk({ page, origin, integrationId, own, defaultChatUrl }: ClaimGiven): OpenDesk {
  const { account } = page;
  const me = page.me.id;
  const staff = { standInOwners: own.standInOwners, employee: page.employee };
  const gateway = chosenGateway(own.chatUrl, defaultChatUrl);
  const closing = new AbortController();
  const closed = closing.signal;
  const records = amocrmRecords({
    origin,
    integrationId,
    me: () => page.me.id,
    pace: createPace('crm-chat-roles:pace', navigator.locks),
    closed,
  });
  const chat = gateway === '' ? null : wazzupChat({ gateway, proof: records.proof, closed });
  const { outbox, prepare, stop } = openOutbox(
    { records, chat, account, me, staff },
    { storage: () => localStorage, locks: navigator.locks, events: window },
  );
  const desk: Desk = {
    records,
    chat,
    settlings: createSettlings({
      crm: gatheredCrm(records),
      me,
      isFree: ownerId => ownershipOf(ownerId, { ...staff, me }).kind === 'free',
      storage: () => localStorage,
      key: `crm-chat-roles:claims:${account.id}:v1:${me}`,
      onWriting(contactId) {
        // The CRM is asked for nothing more on the way to "yours".
        if (records.hasProof()) prepare(contactId);
      },
      onResumed: contact => outbox.add([{ kind: 'chat', contactId: contact.id, ownerId: me }], contact),
    }),
    work: followUpWork({ records, outbox, staff }),
    pipelines: once(() => records.pipelines()),
  };
  return {
    desk,
    close() {
      closing.abort();
      desk.settlings.stop();
      stop();
    },
  };
}

export function claimPart({ page, own, words }: ClaimGiven, desk: Desk): CardPart {
  const given = {
    page,
    desk,
    standInOwners: own.standInOwners,
    rules: readOwnRules(page.ownSettings()),
    letters: lettersFrom(words, page.me),
  };
  const { place } = page;
  if (place.kind === 'deal') return cardPart(ofDeal({ ...given, dealId: place.dealId }), words);
  if (place.kind !== 'contact') throw new Error('A place without a client has no claim');
  return cardPart(
    ofContact({ ...given, contactId: place.contactId, shownOwner: page.shownOwner(), dealId: null }),
    words,
  );
}

/**
 * The one thing of ours that outlives a card: the CRM makes a new widget for each card, while a claim that was sent has
 * to be settled and what follows from it done. Another person may log in on the same page, and settings may change.
 */
const open = new Map<string, OpenDesk>();

export const connectClaim = (given: ClaimGiven): CardPart => claimPart(given, deskOf(given));

export function deskOf(given: ClaimGiven): Desk {
  const { page, own, defaultChatUrl } = given;
  const key = JSON.stringify([page.account.id, page.me.id, own, defaultChatUrl]);
  let opened = open.get(key);
  if (!opened) {
    open.forEach(({ close }) => close());
    open.clear();
    opened = openDesk(given);
    open.set(key, opened);
  }
  return opened.desk;
}
