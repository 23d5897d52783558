/**
 * One port, many host names: the name decides who uses the page. The sellers' names are subdomains of the office's, so
 * that frames with two people fit into one window and keep their cookies. Browsers resolve every *.localhost name to
 * this computer; Node does not.
 */
import { ADMIN, SELLER_A, SELLER_B } from '../world/people.ts';

export type Person = 'office' | 'seller-a' | 'seller-b';

export const PEOPLE: Record<Person, { readonly hostName: string; readonly employeeId: number }> = {
  office: { hostName: 'crm.localhost', employeeId: ADMIN },
  'seller-a': { hostName: 'seller-a.crm.localhost', employeeId: SELLER_A },
  'seller-b': { hostName: 'seller-b.crm.localhost', employeeId: SELLER_B },
};

/** Every host name of the sandbox. */
export const HOST_NAMES: readonly string[] = [
  ...Object.values(PEOPLE).map(({ hostName }) => hostName),
  'gateway.localhost',
  'chats.localhost',
];

export type Addresses = {
  readonly person: (person: Person) => string;
  /** The three origins of the CRM. */
  readonly crm: readonly string[];
  readonly gateway: string;
  readonly chats: string;
  /** The prefix of every path on the page that sends the request. */
  readonly base: (request: Request) => string;
};

/** Origins, without a trailing slash. */
export function addressesOn(port: number): Addresses {
  const origin = (hostName: string): string => `http://${hostName}:${port}`;
  return {
    person: person => origin(PEOPLE[person].hostName),
    crm: Object.values(PEOPLE).map(one => origin(one.hostName)),
    gateway: origin('gateway.localhost'),
    chats: origin('chats.localhost'),
    base: () => '',
  };
}

/** Requests that browsers send on their own. */
export const isBrowsersOwn = (pathname: string): boolean =>
  pathname === '/favicon.ico' || pathname.startsWith('/.well-known/');

export type Site =
  | { readonly kind: 'crm'; readonly owner: number }
  | { readonly kind: 'gateway' | 'chats' | 'unknown' };

/** The site that a request is for. `owner` is the employee logged in there on the first visit. */
export function siteOf(request: Request): Site {
  const { hostname } = new URL(request.url);
  if (hostname === 'gateway.localhost') return { kind: 'gateway' };
  if (hostname === 'chats.localhost') return { kind: 'chats' };
  const person = Object.values(PEOPLE).find(one => one.hostName === hostname);
  return person ? { kind: 'crm', owner: person.employeeId } : { kind: 'unknown' };
}
