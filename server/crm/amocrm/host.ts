/**
 * The hosts that the integration's secret may be sent to. A code arrives at a public address with a host that anybody can
 * write, so what is not an account's own address in the CRM's zones is refused before anything is asked.
 */

import type { Account } from '../../caller.ts';

/** Zones of amoCRM and Kommo that were seen; their documents list none. */
const ACCOUNT = /^(?!www\.)[a-z0-9][a-z0-9-]{0,62}\.(?:amocrm\.ru|amocrm\.com|kommo\.com)$/;
/** The documents call `referer` the account's address, without saying whether it has a scheme. */
const BARE_OR_HTTPS = /^(?:https:\/\/)?([^/\s]+)\/?$/;

/** "sub.amocrm.ru", or null for anything else. */
export function accountHost(referer: string): string | null {
  const host = BARE_OR_HTTPS.exec(referer)?.[1]?.toLowerCase() ?? '';
  return ACCOUNT.test(host) ? host : null;
}

/** The API's own host, one for all accounts of a zone, as access tokens name it: it knows where an account has moved. */
export const isApiHost = (host: string): boolean =>
  /^api-[a-z0-9]{1,8}\.(?:amocrm\.ru|amocrm\.com|kommo\.com)$/.test(host);

/** Where accounts live. An emulated CRM has them on this machine. */
export type AccountHosts = {
  /** The account's host that a page's origin, or a `referer`, names; null for anybody else's. */
  readonly hostOf: (address: string) => string | null;
  /** The origins of the account's pages; its tokens carry the first as their issuer. */
  readonly originsOf: (host: string) => readonly [string, ...string[]];
  /** Where that account's people allow an integration. */
  readonly consentOf: (host: string) => string;
};

export const realHosts: AccountHosts = {
  hostOf: accountHost,
  originsOf: host => [`https://${host}`],
  consentOf: host => `https://www.${host.endsWith('.ru') ? 'amocrm.ru' : 'kommo.com'}/oauth`,
};

/** The two number their accounts apart, so an id alone does not say whose it is. */
export const crmOf = (host: string): Account['crm'] => (host.endsWith('.kommo.com') ? 'kommo' : 'amocrm');

const ZONE = /\.(amocrm\.ru|amocrm\.com|kommo\.com)$/;
/** Whose pages or API are at this host; null where they are neither's. */
export const crmAt = (host: string): Account['crm'] | null => (ZONE.test(host) ? crmOf(host) : null);
