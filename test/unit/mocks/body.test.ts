import { describe, expect, it } from 'vitest';
import { ADMIN, NOBODY } from '../../world/people.ts';
import { createWorld, SALES_CHANNEL, type World } from '../../world/world.ts';
import { chatWith, crmAs, json, type Asking } from './ask.ts';
import { outcomeOf } from '../../support/outcome.ts';

/** Halves of an emoji, at either end of a text and inside a word. */
const CUT = ['Anna \ud83d', '\ude00 Anna', 'A\udc00\ud800nna'];
const WHOLE = 'Anna 😀 \u{10ffff}';

const tomorrow = 1_800_000_000;
const identities = [{ chatType: 'whatsapp', chatId: '79160000001' }];

type Route = readonly [route: string, bodyWith: (text: string) => unknown, error: string];

const CHAT: readonly Route[] = [
  ['POST /v3/users', text => [{ id: '7', name: text }], 'INVALID_USERS_DATA'],
  [
    'POST /v3/contacts',
    text => [{ id: 'c', responsibleUserId: '7', name: text, contactData: identities }],
    'INVALID_CONTACTS_DATA',
  ],
  [
    'POST /v3/deals',
    text => [{ id: 'd', responsibleUserId: '7', name: text, uri: 'x', contacts: ['c'], closed: false }],
    'INVALID_DEALS_DATA',
  ],
  ['POST /v3/pipelines', text => [{ id: 'p', name: text }], 'INVALID_PIPELINES_DATA'],
  [
    'POST /v3/message',
    text => ({ channelId: SALES_CHANNEL, chatType: 'whatsapp', chatId: '79160000001', text }),
    'INVALID_MESSAGE_DATA',
  ],
  [
    'PATCH /settings',
    text => ({ userRoles: [{ channelId: text, userId: '7', role: 'seller', allowGetNewClients: true }] }),
    'INVALID_SETTINGS_DATA',
  ],
];

/** `:contact` and `:task` stand for ids of the world in use. */
const CRM: readonly Route[] = [
  [
    'POST /api/v4/contacts/:contact/notes',
    text => [{ note_type: 'common', params: { text } }],
    'Bad Request',
  ],
  [
    'POST /api/v4/tasks',
    text => [{ text, complete_till: tomorrow, entity_id: ':contact', entity_type: 'contacts' }],
    'Bad Request',
  ],
  ['PATCH /api/v4/tasks/:task', text => ({ text }), 'Bad Request'],
  ['PATCH /api/v4/tasks/:task', text => ({ is_completed: true, result: { text } }), 'Bad Request'],
  ['PATCH /api/v4/contacts/:contact', text => ({ name: text }), 'Bad Request'],
];

const everything = ({ crm, chat }: World): string =>
  JSON.stringify([
    [...crm.contacts.values()],
    [...crm.tasks.values()],
    crm.notes,
    [...chat.users.values()],
    [...chat.contacts.values()],
    [...chat.deals.values()],
    [chat.pipelines, chat.threads, chat.settings],
  ]);

function asking(route: string, body: unknown): { world: World; ask: () => Promise<Response> } {
  const world = createWorld();
  const contact = world.crm.addContact('Boris', [], NOBODY).id;
  const about = { entityType: 'contacts', entityId: contact } as const;
  const draft = { ...about, text: 'Call', responsibleUserId: ADMIN, completeTill: tomorrow };
  const task = world.crm.writeTask(ADMIN, draft).id;
  const named = (text: string): string =>
    text.replace('":contact"', String(contact)).replace(':contact', `${contact}`).replace(':task', `${task}`);
  const sent: Asking = { body: named(JSON.stringify(body)), headers: json({}).headers ?? {} };
  const service = route.includes('/api/v4/') ? crmAs(world, ADMIN) : chatWith(world, 'partner');
  return { world, ask: () => service(named(route), sent) };
}

describe.each([...CHAT, ...CRM])('%s', (route, bodyWith, error) => {
  it.each(CUT)('refuses a text with half of a surrogate pair, and changes nothing: %j', async text => {
    const { world, ask } = asking(route, bodyWith(text));
    const before = everything(world);
    const answer = await ask();
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject(error === 'Bad Request' ? { title: error } : { error });
    expect(everything(world)).toBe(before);
  });

  it('accepts whole characters', async () => {
    expect((await asking(route, bodyWith(WHOLE)).ask()).ok).toBe(true);
  });
});

it.each([
  ['bytes that are not UTF-8', new Uint8Array([0x5b, 0x22, 0xff, 0x22, 0x5d])],
  ['a field name with half of a pair', JSON.stringify([{ id: '7', name: 'Anna', '\ud83d': 1 }])],
  ['half a list', '[{"id":"7"'],
  ['nothing', ''],
])('%s is refused as a body', async (_what, body) => {
  const answer = await chatWith(createWorld(), 'v3')('POST /v3/users', { body });
  expect(await outcomeOf(answer)).toEqual([400, 'INVALID_USERS_DATA']);
});
