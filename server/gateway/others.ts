/**
 * `GET /clients/:id/others`: who is responsible for other contacts with one of this client's numbers. They go on seeing the
 * chat, whoever takes the client, so the card has to name them. It tells ids of employees and nothing of those contacts.
 *
 * Which contacts have a number in common is known from their cards; who sees the chat is what the chat service says of them.
 */
import type { Context } from 'hono';
import * as v from 'valibot';
import type { CallEnv, Within } from './config.ts';
import { boundedJson } from '../http/body.ts';
import { Refused, refusal } from '../http/refusal.ts';
import { ask } from './service.ts';

/** A number that stands in more cards belongs to nobody in particular, such as the office's own. */
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

/** Null for what the service does not know. */
async function contactOf(config: Within, id: string): Promise<ChatContact | null> {
  const answer = await ask(config, { method: 'GET', path: `/v3/contacts/${id}` });
  if (answer.status === 404) return null;
  if (!answer.ok) throw new Refused(answer);
  const { success, output } = v.safeParse(v.pipe(boundedJson, contact), await answer.text());
  if (!success) throw new Refused(refusal('SERVICE_UNREADABLE'));
  return output;
}

/** A client whom the service does not keep has no chats of their own there: the card's number is all there is. */
const isOfSameChat = (own: ChatContact | null | undefined, other: ChatContact): boolean =>
  !own ||
  other.contactData.some(({ chatType, chatId }) =>
    own.contactData.some(one => chatId !== '' && one.chatId === chatId && one.chatType === chatType),
  );
