/**
 * GET /v3/unanswered/:id: how many chats of the last week wait for an answer, for this person. Red chats are theirs to
 * answer, grey ones they only watch; grey is reported only if there is no red.
 */
import { http, type RequestHandler } from 'msw';
import type { Thread } from '../../world/chat.ts';
import type { World } from '../../world/world.ts';
import { OWN_KEY, type Keyed } from './key.ts';

const WEEK_MILLISECONDS = 7 * 24 * 3_600_000;

export const unansweredRoutes = (world: World, keyed: Keyed): RequestHandler[] => [
  http.get(
    'https://api.wazzup24.com/v3/unanswered/:id',
    keyed(OWN_KEY, ({ params }) => {
      const { count, type, last } = unansweredBy(world, String(params['id']));
      const lastMsgDateTime = last === null ? null : new Date(last).toISOString();
      return Response.json({ counterV2: count, type, lastMsgDateTime });
    }),
  ),
];

type Unanswered = {
  readonly count: number;
  readonly type: 'red' | 'grey' | null;
  /** The time of the last one. */
  readonly last: number | null;
};

export function unansweredBy(world: World, userId: string): Unanswered {
  const waiting = world.chat.threadsOf(userId).filter(thread => waitsSince(world, thread) !== undefined);
  const red = waiting.filter(thread => isHisToAnswer(world, userId, thread));
  const counted = red.length > 0 ? red : waiting;
  if (counted.length === 0) return { count: 0, type: null, last: null };
  const last = Math.max(...counted.map(thread => waitsSince(world, thread) ?? 0));
  return { count: counted.length, type: red.length > 0 ? 'red' : 'grey', last };
}

function waitsSince({ clock }: World, { messages }: Thread): number | undefined {
  const last = messages.findLast(one => one.leavesUnanswered !== true);
  const waits = last && last.from === 'client' && clock.now() - last.at <= WEEK_MILLISECONDS;
  return waits ? last.at : undefined;
}

function isHisToAnswer({ chat }: World, userId: string, thread: Thread): boolean {
  const role = chat.roleOf(userId, thread.channelId)?.role;
  if (role === 'seller') return true;
  if (role !== 'manager') return false;
  return chat.settings.pushInputOutputMessageEventsForManagers || chat.isResponsible(userId, thread);
}
