/** Users, contacts, deals and pipelines of the partner API: the same account as in v3, in another format. */
import * as v from 'valibot';
import type { ChatContact, ChatDeal, Identity } from '../../../world/chat.ts';
import { notValid, partnerError } from './envelope.ts';
import { partnerRoute, type PartnerRoute } from './route.ts';

const filled = (most: number) => v.pipe(v.string(), v.minLength(1), v.maxLength(most));
const id = filled(100);

const user = v.strictObject({
  id: filled(64),
  name: filled(150),
  // Documented as required, but a client that leaves it out works.
  phone: v.exactOptional(v.pipe(v.string(), v.digits())),
});
const identity = v.strictObject({
  chat_type: filled(50),
  chat_id: filled(200),
  username: v.exactOptional(filled(200)),
  phone: v.exactOptional(filled(50)),
});
const contact = v.strictObject({
  id,
  responsible_user_id: id,
  name: filled(200),
  contact_data: v.pipe(v.array(identity), v.minLength(1)),
  uri: filled(200),
});
const deal = v.strictObject({
  id,
  responsible_user_id: id,
  name: filled(200),
  uri: filled(200),
  contacts: v.pipe(v.array(id), v.minLength(1), v.maxLength(10)),
  closed: v.boolean(),
});
const pipeline = v.strictObject({
  id,
  name: filled(100),
  stages: v.exactOptional(v.array(v.strictObject({ id, name: v.string() }))),
});
const atMost100 = <Item extends v.GenericSchema>(item: Item) =>
  v.pipe(v.array(item), v.minLength(1), v.maxLength(100));

const identityOf = (given: v.InferOutput<typeof identity>): Identity => {
  const { chat_type: chatType, chat_id: chatId, ...rest } = given;
  return Object.assign(rest, { chatType, chatId });
};

const wireContact = ({ id, responsibleUserId, name, contactData, uri = '' }: ChatContact): object => ({
  id,
  responsible_user_id: responsibleUserId,
  name,
  contact_data: contactData.map(({ chatType, chatId, username, phone }) => ({
    chat_type: chatType,
    chat_id: chatId ?? '',
    ...(username !== undefined && { username }),
    ...(phone !== undefined && { phone }),
  })),
  uri,
});
const wireDeal = ({ id, responsibleUserId, name, uri, contacts, closed }: ChatDeal): object => ({
  id,
  responsible_user_id: responsibleUserId,
  name,
  uri,
  contacts,
  closed,
});

const missing = (): Response => partnerError(404, 'ENTITY_NOT_FOUND', 'Not Found', 'There is no such entity');

export const peopleRoutes: readonly PartnerRoute[] = [
  partnerRoute('GET /v2/users', undefined, ({ world: { chat } }) => [...chat.users.values()]),
  partnerRoute(
    'GET /v2/users/:id',
    undefined,
    ({ world: { chat }, params }) => chat.users.get(params['id'] ?? '') ?? missing(),
  ),
  partnerRoute(
    'POST /v2/users',
    v.strictObject({ users: atMost100(user) }),
    ({ world: { chat }, body: { users } }) => {
      const after = new Map([...chat.users, ...users.map(one => [one.id, one] as const)]);
      const phones = [...after.values()].flatMap(({ phone }) => phone ?? []);
      if (new Set(phones).size < phones.length) return notValid(['phone is not unique']);
      users.forEach(one => chat.users.set(one.id, one));
      return { processed: users.length };
    },
  ),
  partnerRoute('GET /v2/contacts', undefined, ({ world: { chat } }) =>
    [...chat.contacts.values()].map(wireContact),
  ),
  partnerRoute('GET /v2/contacts/:id', undefined, ({ world: { chat }, params }) => {
    const found = chat.contacts.get(params['id'] ?? '');
    return found ? wireContact(found) : missing();
  }),
  partnerRoute(
    'POST /v2/contacts',
    v.strictObject({ contacts: atMost100(contact) }),
    ({ world: { chat }, body }) => {
      for (const { id, responsible_user_id, name, contact_data, uri } of body.contacts) {
        const contactData = contact_data.map(identityOf);
        chat.contacts.set(id, { id, responsibleUserId: responsible_user_id, name, contactData, uri });
      }
      return { processed: body.contacts.length };
    },
  ),
  partnerRoute('GET /v2/deals', undefined, ({ world: { chat } }) => [...chat.deals.values()].map(wireDeal)),
  partnerRoute('GET /v2/deals/:id', undefined, ({ world: { chat }, params }) => {
    const found = chat.deals.get(params['id'] ?? '');
    return found ? wireDeal(found) : missing();
  }),
  partnerRoute('POST /v2/deals', v.strictObject({ deals: atMost100(deal) }), ({ world: { chat }, body }) => {
    for (const { responsible_user_id: responsibleUserId, ...one } of body.deals) {
      chat.deals.set(one.id, { ...one, responsibleUserId });
    }
    return { processed: body.deals.length };
  }),
  partnerRoute(
    'POST /v2/pipelines',
    v.strictObject({ pipelines: v.array(pipeline) }),
    ({ world: { chat }, body }) => {
      chat.pipelines = body.pipelines;
      return { processed: body.pipelines.length };
    },
  ),
];
