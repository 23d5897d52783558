/**
 * The server's comparison of both sides as a page sees it, for stages without a database. It reports only results set
 * by a test: until then no comparison has happened, and a check without a prepared result never ends.
 */
import type { Clients } from '../../server/follow/clients.ts';
import type { Caller } from '../../server/caller.ts';
import { Refused } from '../../server/http/refusal.ts';

export type Told = Partial<Clients> & {
  readonly right?: number | null;
  readonly unsent?: number | null;
  readonly notNumbers?: number | null;
  readonly sending?: boolean;
  readonly checkEndedAt?: string;
  readonly notTold?: readonly { readonly kind: string; readonly id: string; readonly reason: string }[];
};

export type EmulatedClients = {
  /** The result of the last comparison. */
  told: Told;
  /** The results of the next checks, one after another. */
  readonly next: Told[];
  /** The admin's requests in order. */
  readonly asked: string[];
};

const NEVER: Told = {
  known: 0,
  waiting: 0,
  failed: 0,
  held: 0,
  checkedAt: null,
  pipelines: null,
  people: null,
  peopleKnown: null,
  problem: null,
};

export const emulatedClients = (told: Told = {}, ...next: readonly Told[]): EmulatedClients => ({
  told,
  next: [...next],
  asked: [],
});

const ROUTES = ['GET /clients', 'POST /clients/check', 'POST /clients/release'] as const;
export const clientsRoute = (route: string): (typeof ROUTES)[number] | undefined =>
  ROUTES.find(one => one === route);

/** `now`: milliseconds since the epoch, by the world's clock. */
export function answerAbout(
  clients: EmulatedClients,
  {
    route,
    caller,
    now,
  }: { readonly route: (typeof ROUTES)[number]; readonly caller: Caller; readonly now: number },
): Response {
  if (caller.isAdmin !== true) throw new Refused('ADMINS_ONLY');
  if (route === 'GET /clients') return Response.json({ ...NEVER, ...clients.told });
  clients.asked.push(route);
  const found = route === 'POST /clients/check' ? clients.next.shift() : undefined;
  // The world's clock may stand still, but each check needs its own end time.
  const at = new Date(now + clients.asked.length).toISOString();
  if (found) clients.told = { checkedAt: at, ...found, checkEndedAt: at };
  return new Response(null, { status: 202 });
}
