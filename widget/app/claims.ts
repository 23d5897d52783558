/** What all cards of a page share about claims and what outlives a single card. */
import { signal } from '@preact/signals';
import { chosenGateway } from '../../domain/gateway-address.ts';
import { readOwnRules } from '../../domain/own-rules.ts';
import { readOwnSettings } from '../../domain/own-settings.ts';
import { claimsServer } from '../account/claims.ts';
import { watchOwnVersion } from '../account/own-version.ts';
import { ownServer } from '../account/server.ts';
import { storageKey } from '../browser/storage.ts';
import { cacheOwn, cachedOwn } from '../account/own-cache.ts';
import type { Dispose, HostPage, OpenRecords } from '../host/host.ts';
import type { CardPart } from '../seller/card/card-shell.ts';
import type { ClaimClients, ClaimOwn, ClaimServices } from '../seller/card/model/claim-services.ts';
import { ofContact, ofDeal } from '../seller/card/model/deal-card.ts';
import { employeeNames, labelledPage } from '../seller/card/model/labelled-page.ts';
import { cardPart } from '../seller/card/part.tsx';
import { createClaiming } from '../seller/claim/claiming.ts';
import { lettersFrom } from '../seller/colleagues/letters.ts';
import { begun } from '../work/attempt.ts';
import { once } from '../work/once.ts';
import type { Words } from '../words/words.tsx';
import type { WriteThrough } from './mounting.ts';
import { DEFAULT_SERVER, openServices } from './services.ts';

export type ClaimGiven = {
  readonly page: HostPage;
  readonly openRecords: OpenRecords;
  readonly words: Words;
  /** How presses are carried out if the server writes for the person. Absent if the page writes itself. */
  readonly write?: WriteThrough | undefined;
};

/** After `closed` is aborted, no more requests are sent. */
export function claimClients(
  { page, openRecords, words, write }: ClaimGiven,
  closed: AbortSignal,
): ClaimClients {
  const gateway = gatewayOf(page);
  const { records, reach, chatAt } = openServices(openRecords, words, closed);
  const reached = reach(gateway);
  const known = cachedOwn(page);
  const own = signal(ownFrom(known.text));
  const onAnswer = watchOwnVersion(known.version, ownServer(reached).own, newer => {
    own.value = ownFrom(cacheOwn(page, newer));
  });
  const isReached = gateway !== '';
  return {
    own,
    records,
    server: isReached ? claimsServer(reached) : null,
    write: write?.(reached),
    chat: isReached ? chatAt(gateway, onAnswer) : null,
  };
}

const gatewayOf = (page: HostPage): string =>
  chosenGateway(readOwnSettings(page.ownSettings()).chatUrl, DEFAULT_SERVER);

const ownFrom = (text: string): ClaimOwn => ({
  standInOwners: readOwnSettings(text).standInOwners,
  rules: readOwnRules(text),
});

export type OpenClaims = { readonly services: ClaimServices; readonly close: Dispose };

export function openClaims(given: ClaimGiven, clients = claimClients): OpenClaims {
  const { page } = given;
  const me = page.me.id;
  const closing = new AbortController();
  const { server, write, ...lent } = clients(given, closing.signal);
  const { records } = lent;
  // People who reach the button usually press it soon. Fetching the proof now spares that request a wait.
  if (server) void begun(() => records.proof()).catch(() => null);
  const claiming = createClaiming({
    crm: records,
    server,
    write,
    me,
    storage: () => localStorage,
    key: storageKey('claims', { account: page.account.id, person: me }),
    onWake(listener) {
      const heard = new AbortController();
      for (const event of ['online', 'visibilitychange', 'focus'])
        window.addEventListener(event, listener, { signal: heard.signal });
      return () => heard.abort();
    },
  });
  return {
    services: {
      ...lent,
      claiming,
      pipelines: once(async () => (await records.pipelines()).items),
      nameOf: employeeNames(page),
    },
    close() {
      closing.abort();
      claiming.stop();
    },
  };
}

/** The card of the page's contact or deal. */
export function cardOver(
  { page, words }: Pick<ClaimGiven, 'page' | 'words'>,
  services: ClaimServices,
): CardPart {
  const given = {
    page: labelledPage(page, services.nameOf),
    services,
    letters: lettersFrom(words, page.me),
  };
  const { place } = page;
  if (place.kind === 'deal') return cardPart(ofDeal({ ...given, dealId: place.dealId }), words);
  if (place.kind !== 'contact') throw new Error('A place without a client has no claim');
  return cardPart(ofContact({ ...given, ...place, shownOwner: page.shownOwner() }), words);
}

/**
 * The only state that outlives a card: the CRM makes a new widget for each card, but a written claim must still be
 * reported to the server. Keyed, because another person may log in on the same page and another server may be set.
 */
const open = new Map<string, OpenClaims>();

export function claimServicesOf(given: ClaimGiven): ClaimServices {
  const { page } = given;
  const key = JSON.stringify([page.account.id, page.me.id, gatewayOf(page)]);
  let opened = open.get(key);
  if (!opened) {
    open.forEach(({ close }) => close());
    open.clear();
    opened = openClaims(given);
    open.set(key, opened);
  }
  return opened.services;
}
