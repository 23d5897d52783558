/** Whether the CRM answers a request, and what all its answers have in common. */
import type { Clock } from '../world/clock.ts';

export function isForCrm({ url }: { readonly url: string }): boolean {
  const { pathname } = new URL(url);
  return ['/api/', '/ajax/', '/oauth2/'].some(start => pathname.startsWith(start));
}

/** Adds the header `Date` by the given clock. */
export function dated(response: Response, clock: Clock): Response {
  response.headers.set('Date', new Date(clock.now()).toUTCString());
  return response;
}
