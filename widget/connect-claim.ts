/** The part of the package behind the card's first face: the clients of both services, the claim, its models and views. */
import { signal } from '@preact/signals';
import { hearing } from './account/hearing.ts';
import { claimsServer } from './account/claims.ts';
import { ownServer } from './account/server.ts';
import { wazzupChat } from './chat/wazzup/chat.ts';
import { createClaiming } from './claim/claiming/claiming.ts';
import type { ClaimOwn, Desk, Services } from './claim/model/desk.ts';
import { begun } from './claim/attempt.ts';
import { once } from './claim/once.ts';
import type { CardPart } from './claim/first.ts';
import { lettersFrom } from './claim/colleagues/letters.ts';
import { ofContact, ofDeal } from './claim/model/deal-card.ts';
import { employeeNames, labelledPage } from './claim/model/labelled-page.ts';
import { cardPart } from './claim/part.tsx';
import { chosenGateway } from '../domain/gateway-address.ts';
import { readOwnSettings } from '../domain/own-settings.ts';
import { readOwnRules } from '../domain/own-rules.ts';
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
): Services {
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
  const isReached = gateway !== '';
  return {
    own,
    records,
    server: isReached ? claimsServer({ gateway, proof, closed }) : null,
    chat: isReached ? namedChat(wazzupChat({ gateway, proof, closed, heard }), words) : null,
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
  const { server, ...lent } = services(given, closed);
  const { records } = lent;
  // Whoever comes to the button presses it soon: asking the server for a client waits for no proof then.
  if (server) void begun(() => records.proof()).catch(() => null);
  const desk: Desk = {
    ...lent,
    claiming: createClaiming({
      crm: records,
      server,
      me,
      storage: () => localStorage,
      key: `crm-chat-roles:claims:${account.id}:v1:${me}`,
      onWake(listener) {
        const heard = new AbortController();
        for (const event of ['online', 'visibilitychange', 'focus'])
          window.addEventListener(event, listener, { signal: heard.signal });
        return () => heard.abort();
      },
    }),
    pipelines: once(async () => (await records.pipelines()).items),
    nameOf,
  };
  return {
    desk,
    close() {
      closing.abort();
      desk.claiming.stop();
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
 * The one thing of ours that outlives a card: the CRM makes a new widget for each card, while a claim that was written has
 * to be told to the server. Another person may log in on the same page, and another server may be set.
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
