/**
 * One port, many host names: the name says who sits in front of the screen. The sellers' names stand under
 * the office's, so that frames with two people fit into one window and keep their cookies.
 * Every *.localhost name leads a browser to this computer; Node does not resolve them.
 */
import { ADMIN, SELLER_A, SELLER_B } from '../world/people.ts';

export type Person = 'office' | 'seller-a' | 'seller-b';

export const PEOPLE: Record<Person, { readonly hostName: string; readonly employeeId: number }> = {
  office: { hostName: 'crm.localhost', employeeId: ADMIN },
  'seller-a': { hostName: 'seller-a.crm.localhost', employeeId: SELLER_A },
  'seller-b': { hostName: 'seller-b.crm.localhost', employeeId: SELLER_B },
};

/** Every name that the sandbox answers to. */
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
  /** What stands in front of every path of the page that asks. */
  readonly base: (request: Request) => string;
};

/** Origins, without a slash at the end. */
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

/** What browsers ask for of their own accord. */
export const isBrowsersOwn = (pathname: string): boolean =>
  pathname === '/favicon.ico' || pathname.startsWith('/.well-known/');

export type Site =
  | { readonly kind: 'crm'; readonly owner: number }
  | { readonly kind: 'gateway' | 'chats' | 'unknown' };

/** Which site a request is for. `owner` is the employee who is logged in there on the first visit. */
export function siteOf(request: Request): Site {
  const { hostname } = new URL(request.url);
  if (hostname === 'gateway.localhost') return { kind: 'gateway' };
  if (hostname === 'chats.localhost') return { kind: 'chats' };
  const person = Object.values(PEOPLE).find(one => one.hostName === hostname);
  return person ? { kind: 'crm', owner: person.employeeId } : { kind: 'unknown' };
}
