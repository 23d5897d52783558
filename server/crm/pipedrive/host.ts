/**
 * Pipedrive's hosts: one for each company, and one for consent and tokens. A company's host comes from Pipedrive's own
 * answer. It is still checked against Pipedrive's zone before a token is sent there.
 */

/** Exchanges codes and renews tokens for all companies. */
export const OAUTH_HOST = 'oauth.pipedrive.com';

const COMPANY =
  /^(?!(?:oauth|www|api|app|developers)\.)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.pipedrive\.com$/;

/** "acme.pipedrive.com", or null for anything else. `apiDomain`: https://acme.pipedrive.com */
export function companyHost(apiDomain: string): string | null {
  const host = /^https:\/\/([^/\s]+)\/?$/.exec(apiDomain)?.[1]?.toLowerCase() ?? '';
  return COMPANY.test(host) ? host : null;
}

/** `pipedrive` if its API or token endpoint is at this host, otherwise null. */
export const pipedriveAt = (host: string): 'pipedrive' | null =>
  host === OAUTH_HOST || COMPANY.test(host) ? 'pipedrive' : null;

/** Pipedrive's addresses for browsers. An emulated Pipedrive has others. */
export type PipedrivePages = {
  /** The consent page, without its query. */
  readonly consent: string;
  /** The sites that may frame our pages, in the format of a Content-Security-Policy. */
  readonly frameAncestors: string;
  /** The origin of the company's own pages: https://acme.pipedrive.com */
  readonly originOf: (host: string) => string;
};

export const realPages: PipedrivePages = {
  consent: `https://${OAUTH_HOST}/oauth/authorize`,
  frameAncestors: 'https://*.pipedrive.com',
  originOf: host => `https://${host}`,
};
