/**
 * Pipedrive's hosts: one for each company, and one where people allow apps and tokens are given. A company's comes out of
 * Pipedrive's own answer, and is held against its zone all the same before a token is sent there.
 */

/** Where codes are exchanged and tokens are renewed, for all companies. */
export const OAUTH_HOST = 'oauth.pipedrive.com';

const COMPANY =
  /^(?!(?:oauth|www|api|app|developers)\.)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.pipedrive\.com$/;

/** "acme.pipedrive.com", or null for anything else. `apiDomain`: https://acme.pipedrive.com */
export function companyHost(apiDomain: string): string | null {
  const host = /^https:\/\/([^/\s]+)\/?$/.exec(apiDomain)?.[1]?.toLowerCase() ?? '';
  return COMPANY.test(host) ? host : null;
}

/** Whose API or tokens are at this host; null where they are not Pipedrive's. */
export const pipedriveAt = (host: string): 'pipedrive' | null =>
  host === OAUTH_HOST || COMPANY.test(host) ? 'pipedrive' : null;

/** Where browsers meet Pipedrive. An emulated one is on this machine. */
export type PipedrivePages = {
  /** Where people allow us, without what is asked there. */
  readonly consent: string;
  /** Who may show our pages in a frame, as a policy of a page says it. */
  readonly frameAncestors: string;
  /** The origin of the company's own pages: https://acme.pipedrive.com */
  readonly originOf: (host: string) => string;
};

export const realPages: PipedrivePages = {
  consent: `https://${OAUTH_HOST}/oauth/authorize`,
  frameAncestors: 'https://*.pipedrive.com',
  originOf: host => `https://${host}`,
};
