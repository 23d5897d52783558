/**
 * The hosts to which the integration's secret may be sent. A code arrives at a public address together with a host that anybody
 * could have written. So any host that is not an account's own in the CRM's zones is refused before anything is sent.
 */

import type { Account } from '../../caller.ts';

/** Zones of amoCRM and Kommo that were seen in practice. Their documentation lists none. */
const ACCOUNT = /^(?!www\.)[a-z0-9][a-z0-9-]{0,62}\.(?:amocrm\.ru|amocrm\.com|kommo\.com)$/;
/** The documentation calls `referer` the account's address, and does not say whether it has a scheme. */
const BARE_OR_HTTPS = /^(?:https:\/\/)?([^/\s]+)\/?$/;

/** "sub.amocrm.ru", or null for anything else. */
export function accountHost(referer: string): string | null {
  const host = BARE_OR_HTTPS.exec(referer)?.[1]?.toLowerCase() ?? '';
  return ACCOUNT.test(host) ? host : null;
}

/** The API's host for all accounts of a zone, as access tokens name it. It knows an account's present host. */
export const isApiHost = (host: string): boolean =>
  /^api-[a-z0-9]{1,8}\.(?:amocrm\.ru|amocrm\.com|kommo\.com)$/.test(host);

/** Where accounts are. An emulated CRM has them on this machine. */
export type AccountHosts = {
  /** The account's host in a page's origin or in a `referer`; null for any other address. */
  readonly hostOf: (address: string) => string | null;
  /** The origins of the account's pages. Its tokens have the first as their issuer. */
  readonly originsOf: (host: string) => readonly [string, ...string[]];
  /** The page where the account's people allow an integration. */
  readonly consentOf: (host: string) => string;
};

export const realHosts: AccountHosts = {
  hostOf: accountHost,
  originsOf: host => [`https://${host}`],
  consentOf: host => `https://www.${host.endsWith('.ru') ? 'amocrm.ru' : 'kommo.com'}/oauth`,
};

/** amoCRM and Kommo number their accounts separately, so an id alone does not identify an account. */
export const crmOf = (host: string): Account['crm'] => (host.endsWith('.kommo.com') ? 'kommo' : 'amocrm');

const ZONE = /\.(amocrm\.ru|amocrm\.com|kommo\.com)$/;
/** The CRM whose pages or API are at this host; null where it is neither. */
export const crmAt = (host: string): Account['crm'] | null => (ZONE.test(host) ? crmOf(host) : null);
