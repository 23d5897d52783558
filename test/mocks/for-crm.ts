/** Whether a request is the CRM's to answer, and what all of its answers have in common. */
import type { Clock } from '../world/clock.ts';

export function isForCrm({ url }: { readonly url: string }): boolean {
  const { pathname } = new URL(url);
  return ['/api/', '/ajax/', '/oauth2/'].some(start => pathname.startsWith(start));
}

/** With the header `Date` of a server that lives by this clock. */
export function dated(response: Response, clock: Clock): Response {
  response.headers.set('Date', new Date(clock.now()).toUTCString());
  return response;
}
