/**
 * The server's comparison of both sides as a page meets it, for stages without a database. It knows what a test says that was
 * found, and nothing else: until then both sides were never compared, and a check for which nothing was said does not end.
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
  /** What is told of the last comparison. */
  told: Told;
  /** What the next checks find, one after another. */
  readonly next: Told[];
  /** What an admin has asked for, in order. */
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
  // The world's clock may stand still; no two checks end at once.
  const at = new Date(now + clients.asked.length).toISOString();
  if (found) clients.told = { checkedAt: at, ...found, checkEndedAt: at };
  return new Response(null, { status: 202 });
}
