/**
 * `GET /clients/:id/others`: who is responsible for other contacts that have one of this client's numbers. They keep seeing the
 * chat when the client is taken over, so the card has to name them. The answer contains ids of employees and nothing about
 * those contacts.
 *
 * The contacts' cards show which of them share a number; the chat service says who sees the chat.
 */
import type { Context } from 'hono';
import * as v from 'valibot';
import type { CallEnv, Within } from './config.ts';
import { boundedJson } from '../http/body.ts';
import { Refused, refusal } from '../http/refusal.ts';
import { ask } from './service.ts';

/** The most contacts that are looked at. A number in more cards belongs to no single person, such as the office's number. */
const MOST = 5;

const contact = v.object({
  id: v.string(),
  responsibleUserId: v.nullish(v.string(), ''),
  contactData: v.nullish(v.array(v.object({ chatType: v.string(), chatId: v.optional(v.string(), '') })), []),
});
type ChatContact = v.InferOutput<typeof contact>;

export async function othersOfClient({ env: { config }, req }: Context<CallEnv>): Promise<Response> {
  const id = req.param('id') ?? '';
  const names = (await config.follow?.sharing(`contact ${id}`)) ?? [];
  const ids = names.flatMap(name => /^contact (?<id>\d+)$/.exec(name)?.groups?.['id'] ?? []);
  const others = ids.filter(other => other !== id).slice(0, MOST);
  if (others.length === 0) return Response.json([]);
  const [own, ...found] = await Promise.all([id, ...others].map(one => contactOf(config, one)));
  const owners = found.flatMap(other => (other && isOfSameChat(own, other) ? other.responsibleUserId : []));
  return Response.json([...new Set(owners)].filter(ownerId => ownerId !== '').map(ownerId => ({ ownerId })));
}

/** Null for a contact that the service does not know. */
async function contactOf(config: Within, id: string): Promise<ChatContact | null> {
  const answer = await ask(config, { method: 'GET', path: `/v3/contacts/${id}` });
  if (answer.status === 404) return null;
  if (!answer.ok) throw new Refused(answer);
  const { success, output } = v.safeParse(v.pipe(boundedJson, contact), await answer.text());
  if (!success) throw new Refused(refusal('SERVICE_UNREADABLE'));
  return output;
}

/** A client that the service does not know has no chats there, so the number alone decides. */
const isOfSameChat = (own: ChatContact | null | undefined, other: ChatContact): boolean =>
  !own ||
  other.contactData.some(({ chatType, chatId }) =>
    own.contactData.some(one => chatId !== '' && one.chatId === chatId && one.chatType === chatType),
  );
