/**
 * GET /v3/unanswered/:id: how many chats of the last week wait for an answer, as this person counts them.
 * Red ones are his to answer, grey ones he only watches over; grey is told only when nothing is red.
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
      const userId = String(params['id']);
      const waiting = world.chat.threadsOf(userId).filter(thread => waitsSince(world, thread) !== undefined);
      const red = waiting.filter(thread => isHisToAnswer(world, userId, thread));
      const counted = red.length > 0 ? red : waiting;
      const last = Math.max(...counted.map(thread => waitsSince(world, thread) ?? 0));
      return Response.json({
        counterV2: counted.length,
        type: counted.length === 0 ? null : red.length > 0 ? 'red' : 'grey',
        lastMsgDateTime: counted.length === 0 ? null : new Date(last).toISOString(),
      });
    }),
  ),
];

function waitsSince({ clock }: World, { messages }: Thread): number | undefined {
  const last = messages.at(-1);
  const waits = last && last.authorId === undefined && clock.now() - last.at <= WEEK_MILLISECONDS;
  return waits ? last.at : undefined;
}

function isHisToAnswer({ chat }: World, userId: string, thread: Thread): boolean {
  const role = chat.roleOf(userId, thread.channelId)?.role;
  if (role === 'seller') return true;
  if (role !== 'manager') return false;
  return chat.settings.pushInputOutputMessageEventsForManagers || chat.isResponsible(userId, thread);
}
