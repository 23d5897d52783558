/** The CRM's employees as the chat service knows them. They have no role here; roles are in the settings. */
import { http, type RequestHandler } from 'msw';
import * as v from 'valibot';
import type { ChatUser } from '../../world/chat.ts';
import type { World } from '../../world/world.ts';
import { entityRoutes, type Entities } from './entities.ts';
import { chatError } from './error.ts';
import { OWN_KEY, type Keyed } from './key.ts';

const MOST_USERS = 1000;

/** A phone with characters other than digits is silently dropped. */
const schema: v.GenericSchema<unknown, ChatUser> = v.pipe(
  v.strictObject({
    id: v.pipe(v.string(), v.minLength(1), v.maxLength(64)),
    name: v.pipe(v.string(), v.minLength(1), v.maxLength(150)),
    phone: v.optional(v.string()),
  }),
  v.transform(({ id, name, phone = '' }) => (/^\d+$/.test(phone) ? { id, name, phone } : { id, name })),
);

export function userRoutes(world: World, keyed: Keyed): RequestHandler[] {
  const users: Entities<ChatUser> = {
    name: 'users',
    stored: () => world.chat.users,
    schema,
    invalid: 'INVALID_USERS_DATA',
    refuse: batch => refuse(world, batch),
  };
  return [
    http.get(
      'https://api.wazzup24.com/v3/users',
      keyed(OWN_KEY, () => {
        const sorted = [...world.chat.users.values()].sort((a, b) => a.name.localeCompare(b.name));
        return Response.json(sorted.map(({ id, name }) => ({ id, name })));
      }),
    ),
    ...entityRoutes(world, keyed, users),
  ];
}

function refuse(world: World, batch: readonly ChatUser[]): Response | undefined {
  const after = new Map(world.chat.users);
  batch.forEach(user => after.set(user.id, user));
  if (after.size > MOST_USERS) return chatError(400, 'USER_LIMIT_EXCEEDED');
  const phones = [...after.values()].flatMap(({ phone }) => phone ?? []);
  return new Set(phones).size < phones.length ? chatError(400, 'DUPLICATE_PHONE_NUMBER') : undefined;
}
