/** Clients and their owners. A client without an owner cannot be expressed, only left out. */
import type { RequestHandler } from 'msw';
import * as v from 'valibot';
import type { ChatContact, Identity } from '../../world/chat.ts';
import type { World } from '../../world/world.ts';
import { entityRoutes, offsetList, type Entities } from './entities.ts';
import type { Keyed } from './key.ts';

const id = v.pipe(v.string(), v.minLength(1), v.maxLength(100));

const filled = v.pipe(v.string(), v.minLength(1));

/** Only Telegram and MAX know people without an id, by phone or user name. */
const isKnowable = ({ chatType, chatId, username, phone }: Identity): boolean =>
  chatId !== undefined ||
  (['telegram', 'max'].includes(chatType) && (username !== undefined || phone !== undefined));

export const contactSchema: v.GenericSchema<unknown, ChatContact> = v.strictObject({
  id,
  responsibleUserId: id,
  name: v.pipe(v.string(), v.minLength(1), v.maxLength(200)),
  contactData: v.pipe(
    v.array(
      v.pipe(
        v.strictObject({
          chatType: filled,
          chatId: v.exactOptional(filled),
          username: v.exactOptional(filled),
          phone: v.exactOptional(filled),
        }),
        v.check(isKnowable),
      ),
    ),
    v.minLength(1),
  ),
  uri: v.exactOptional(v.pipe(v.string(), v.maxLength(200))),
});

export function contactRoutes(world: World, keyed: Keyed): RequestHandler[] {
  const contacts: Entities<ChatContact> = {
    name: 'contacts',
    stored: () => world.chat.contacts,
    schema: contactSchema,
    invalid: 'INVALID_CONTACTS_DATA',
  };
  return [offsetList(keyed, contacts), ...entityRoutes(world, keyed, contacts)];
}
