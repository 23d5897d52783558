/** The part of the package behind the card's first face: the clients of both services, the claim, its models and views. */
import { signal } from '@preact/signals';
import { hearing } from './account/hearing.ts';
import { ownServer } from './account/server.ts';
import { wazzupChat } from './chat/wazzup/chat.ts';
import type { ClaimOwn, Desk } from './claim/model/desk.ts';
import { once } from './claim/follow-up/once.ts';
import type { CardPart } from './claim/first.ts';
import { followUpWork } from './claim/follow-up/work.ts';
import { gatheredCrm } from './claim/race/gathering.ts';
import { lettersFrom } from './claim/follow-up/letters.ts';
import { ofContact, ofDeal } from './claim/model/deal-card.ts';
import { employeeNames, labelledPage } from './claim/model/labelled-page.ts';
import { openOutbox } from './claim/follow-up/outbox-open.ts';
import { cardPart } from './claim/part.tsx';
import { createSettlings } from './claim/race/settling.ts';
import { chosenGateway } from '../domain/gateway-address.ts';
import { readOwnSettings } from '../domain/own-settings.ts';
import { readOwnRules } from '../domain/own-rules.ts';
import { ownershipOf } from '../domain/ownership.ts';
import { amocrmRecords } from './host/amocrm/records.ts';
import type { HostPage, Undo } from './host/host.ts';
import { keepOwn, knownOwn } from './kept-own.ts';
import { createPace } from './http/pace.ts';
import { namedChat, namedRecords } from './named.ts';
import type { Words } from './words.tsx';

export type ClaimGiven = {
  readonly page: HostPage;
  readonly origin: string;
  readonly integrationId: string;
  /** Used where the account has set none; empty for none. */
  readonly defaultChatUrl: string;
  readonly words: Words;
};

export type OpenDesk = { readonly desk: Desk; readonly close: Undo };

/** Once `closed` is aborted, neither is asked anything more. */
export function servicesFor(
  { page, origin, integrationId, defaultChatUrl, words }: ClaimGiven,
  closed: AbortSignal,
): Pick<Desk, 'records' | 'chat' | 'own'> {
  const gateway = gatewayOf(page, defaultChatUrl);
  const records = namedRecords(
    amocrmRecords({
      origin,
      integrationId,
      me: () => page.me.id,
      pace: createPace('crm-chat-roles:pace', navigator.locks),
      closed,
    }),
    words,
  );
  const { proof } = records;
  const known = knownOwn(page);
  const own = signal(ownFrom(known.text));
  const heard = hearing(known.version, ownServer({ gateway, proof, closed }).own, kept => {
    own.value = ownFrom(keepOwn(page, kept));
  });
  return {
    own,
    records,
    chat: gateway === '' ? null : namedChat(wazzupChat({ gateway, proof, closed, heard }), words),
  };
}

const gatewayOf = (page: HostPage, defaultChatUrl: string): string =>
  chosenGateway(readOwnSettings(page.ownSettings()).chatUrl, defaultChatUrl);

const ownFrom = (text: string): ClaimOwn => ({
  standInOwners: readOwnSettings(text).standInOwners,
  rules: readOwnRules(text),
});

export function openDesk(given: ClaimGiven, services = servicesFor): OpenDesk {
  const { page } = given;
  const { account } = page;
  const me = page.me.id;
  const nameOf = employeeNames(page);
  const closing = new AbortController();
  const closed = closing.signal;
  const { records, chat, own } = services(given, closed);
  const staff = {
    employee: labelledPage(page, nameOf).employee,
    get standInOwners() {
      return own.value.standInOwners;
    },
  };
  const { outbox, stop } = openOutbox(
    { records, chat, account, me, staff },
    { storage: () => localStorage, locks: navigator.locks, events: window },
  );
  const desk: Desk = {
    records,
    chat,
    own,
    settlings: createSettlings({
      crm: gatheredCrm(records),
      me,
      isFree: ownerId => ownershipOf(ownerId, { ...staff, me }).kind === 'free',
      storage: () => localStorage,
      key: `crm-chat-roles:claims:${account.id}:v1:${me}`,
      onResumed: contact => outbox.add([{ kind: 'chat', contactId: contact.id, ownerId: me }], contact),
      onWake(listener) {
        const heard = new AbortController();
        for (const event of ['online', 'visibilitychange', 'focus'])
          window.addEventListener(event, listener, { signal: heard.signal });
        return () => heard.abort();
      },
    }),
    work: followUpWork({ records, outbox, staff }),
    pipelines: once(async () => (await records.pipelines()).items),
    nameOf,
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

export function claimPart({ page, words }: ClaimGiven, desk: Desk): CardPart {
  const given = {
    page: labelledPage(page, desk.nameOf),
    desk,
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
 * to be settled and what follows from it done. Another person may log in on the same page, and another server may be set.
 */
const open = new Map<string, OpenDesk>();

export const connectClaim = (given: ClaimGiven): CardPart => claimPart(given, deskOf(given));

export function deskOf(given: ClaimGiven): Desk {
  const { page, defaultChatUrl } = given;
  const key = JSON.stringify([page.account.id, page.me.id, gatewayOf(page, defaultChatUrl)]);
  let opened = open.get(key);
  if (!opened) {
    open.forEach(({ close }) => close());
    open.clear();
    opened = openDesk(given);
    open.set(key, opened);
  }
  return opened.desk;
}
