/** A chat account whose webhooks are received. */
import { standingClock } from '../../../world/clock.ts';
import type { Thread } from '../../../world/chat.ts';
import { SELLER_A } from '../../../world/people.ts';
import { createWorld, SALES_CHANNEL, type World } from '../../../world/world.ts';
import { chatWith, json } from '../ask.ts';

export const ADDRESS = 'https://app.example.com/wazzup/secret';
const ALL = {
  messagesAndStatuses: true,
  contactsAndDealsCreation: true,
  channelsUpdates: true,
  templateStatus: true,
};
export const ME = String(SELLER_A);
export const CHAT_ID = '79160000001';

type Received = { readonly url: string; readonly body: unknown; readonly bearer: string | null };
export type Listening = {
  readonly world: World;
  readonly received: Received[];
  readonly ask: ReturnType<typeof chatWith>;
  /** The bodies of all hooks except the test call. */
  readonly hooks: () => unknown[];
};

export function listening(
  answer: (body: object) => Response | Promise<Response> = () => new Response('{}'),
): Listening {
  const received: Received[] = [];
  const world = createWorld({
    clock: standingClock(),
    send: async request => {
      const body = await request.json();
      received.push({ url: request.url, body, bearer: request.headers.get('Authorization') });
      return answer(body);
    },
  });
  world.chat.users.set(ME, { id: ME, name: 'Adam' });
  const hooks = () => received.map(one => one.body).filter(body => !('test' in Object(body)));
  return { world, received, ask: chatWith(world, 'v3'), hooks };
}

export async function subscribed(
  answer?: (body: object) => Response | Promise<Response>,
): Promise<Listening> {
  const here = listening(body =>
    'test' in body ? new Response('{}') : (answer?.(body) ?? new Response('{}')),
  );
  await here.ask('PATCH /v3/webhooks', json({ webhooksUri: ADDRESS, subscriptions: ALL }));
  return here;
}

export const clientWrites = ({ chat }: World, text = 'Hello'): Thread =>
  chat.receive({ channelId: SALES_CHANNEL, chatId: CHAT_ID, name: 'Anna', text });
