/**
 * The chat window: POST /v3/iframe returns its address, and the window's own requests are answered under `/window`. The
 * address is signed and names the user, because a window is a third party in the CRM's page and has no cookies to
 * identify them. The window's own requests are this stage's invention; the vendor documents none.
 */
import { jwtVerify, SignJWT } from 'jose';
import { http, type HttpResponseResolver, type RequestHandler } from 'msw';
import * as v from 'valibot';
import type { Thread } from '../../world/chat.ts';
import type { World } from '../../world/world.ts';
import { bodyOf } from '../body.ts';
import { beyond } from './beyond.ts';
import { OWN_KEY, type Keyed } from './key.ts';

const filled = v.pipe(v.string(), v.minLength(1));
const chat = v.strictObject({ chatType: filled, chatId: filled });
/** An older revision also accepts a phone or a Telegram user name; here no chat is found by them. */
const asked = v.pipe(
  v.strictObject({
    ...chat.entries,
    chatId: v.optional(filled),
    phone: v.optional(filled),
    username: v.optional(filled),
    name: v.optional(v.string()),
  }),
  v.check(({ chatType, chatId, phone, username }) => {
    return chatId !== undefined || (chatType === 'telegram' && (phone ?? username) !== undefined);
  }),
);
const active = v.strictObject({ ...chat.entries, channelId: v.optional(filled) });

const iframe = v.pipe(
  v.strictObject({
    user: v.strictObject({ id: filled, name: v.optional(v.string()) }),
    scope: v.picklist(['global', 'card']),
    filter: v.optional(v.array(asked)),
    activeChat: v.optional(active),
  }),
  v.check(({ scope, filter }) => scope === 'global' || (filter ?? []).length > 0),
);

/** `chats` is present if the window belongs to a card and shows only that client's chats, opened on `active`. */
const claims = v.object({ sub: filled, chats: v.optional(v.array(asked)), active: v.optional(active) });
type Guest = v.InferOutput<typeof claims>;

export const iframeRoutes = (world: World, keyed: Keyed): RequestHandler[] => [
  http.post(
    'https://api.wazzup24.com/v3/iframe',
    keyed(OWN_KEY, async ({ request }) => {
      const body = await bodyOf(request);
      const unknown = beyond(world, 'POST /v3/iframe', iframe, body);
      if (unknown) return unknown;
      const { success, output } = v.safeParse(iframe, body);
      // This route nests its error.
      if (!success) return Response.json({ error: { code: 'INVALID_IFRAME_DATA' } }, { status: 400 });
      // The window does not store the card's names of chats.
      const chats = output.scope === 'card' ? output.filter?.map(withoutName) : undefined;
      const url = await windowAddress(world, { sub: output.user.id, chats, active: output.activeChat });
      return Response.json({ url });
    }),
  ),
];

const withoutName = ({ name: _name, ...chat }: v.InferOutput<typeof asked>): v.InferOutput<typeof asked> =>
  chat;

/** Signed, so that the window can identify its person. */
export async function windowAddress({ chat, options }: World, guest: Guest): Promise<string> {
  const token = await new SignJWT({
    sub: guest.sub,
    ...(guest.chats && { chats: guest.chats }),
    ...(guest.active && { active: guest.active }),
  })
    .setProtectedHeader({ alg: 'HS256' })
    .sign(new TextEncoder().encode(chat.windowSecret));
  return `${options.chatOrigin}/window?token=${token}`;
}

const message = v.object({ channelId: filled, chatId: filled, text: filled });

export function windowRoutes(world: World): RequestHandler[] {
  return [
    http.get(
      '*/window/threads',
      asGuest(world, guest => Response.json(shownTo(world, guest))),
    ),
    http.post(
      '*/window/messages',
      asGuest(world, async (guest, request) => {
        const { success, output } = v.safeParse(message, await bodyOf(request));
        if (!success) return new Response(null, { status: 400 });
        const thread = threadsFor(world, guest).find(
          one => one.channelId === output.channelId && one.chatId === output.chatId,
        );
        if (!thread || !world.chat.mayWrite(guest.sub, thread)) return new Response(null, { status: 403 });
        const { id } = world.chat.reply(guest.sub, thread, output.text);
        world.changed();
        return Response.json({ id }, { status: 201 });
      }),
    ),
    http.get(
      '*/window/events',
      asGuest(world, (_guest, request) => changes(world, request.signal)),
    ),
  ];
}

function asGuest(
  world: World,
  act: (guest: Guest, request: Request) => Response | Promise<Response>,
): HttpResponseResolver {
  return async ({ request }) => {
    const guest = await guestOf(world, request);
    return guest ? act(guest, request) : new Response(null, { status: 401 });
  };
}

async function guestOf(world: World, request: Request): Promise<Guest | undefined> {
  const token = new URL(request.url).searchParams.get('token') ?? '';
  const key = new TextEncoder().encode(world.chat.windowSecret);
  const verified = await jwtVerify(token, key, { algorithms: ['HS256'] }).catch(() => undefined);
  const { success, output } = v.safeParse(claims, verified?.payload);
  return success ? output : undefined;
}

function threadsFor(world: World, { sub, chats }: Guest): Thread[] {
  const ofCard = ({ chatType, chatId }: Thread): boolean =>
    !chats || chats.some(one => one.chatType === chatType && one.chatId === chatId);
  return world.chat.threadsOf(sub).filter(ofCard);
}

function shownTo(world: World, guest: Guest): unknown {
  const { chat } = world;
  return {
    user: { id: guest.sub, name: chat.users.get(guest.sub)?.name ?? guest.sub },
    access: chat.settings.userRoles.some(one => one.userId === guest.sub),
    active: guest.active,
    threads: threadsFor(world, guest).map(thread => ({
      channelId: thread.channelId,
      channelName: chat.channels.find(one => one.channelId === thread.channelId)?.name ?? '',
      chatType: thread.chatType,
      chatId: thread.chatId,
      name: thread.name,
      mayWrite: chat.mayWrite(guest.sub, thread),
      messages: thread.messages.map(({ id, at, text, authorId, from }) => ({
        id,
        at,
        text,
        mine: authorId === guest.sub,
        author: from === 'client' ? thread.name : (chat.users.get(authorId ?? '')?.name ?? authorId ?? from),
      })),
    })),
  };
}

const ignored = (): void => {};

/** Sends `data: changed` whenever the world changes, until the window is closed. */
function changes(world: World, closed: AbortSignal): Response {
  const { readable, writable } = new TextEncoderStream();
  const writer = writable.getWriter();
  const send = (text: string): void => void writer.write(text).catch(ignored);
  const unwatch = world.watch(() => send('data: changed\n\n'));
  closed.addEventListener('abort', () => void writer.close().catch(ignored));
  void writer.closed.catch(ignored).finally(unwatch);
  send('retry: 500\n\n');
  return new Response(readable, {
    headers: { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' },
  });
}
